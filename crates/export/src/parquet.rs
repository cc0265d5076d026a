//! Rows as Parquet: typed columns, for dataframes and databases.
//!
//! Every column may be empty. Numbers are INT64 or DOUBLE, days DATE, all else STRING, lists and objects
//! as JSON in it. Pages are compressed with gzip, which every reader of Parquet knows.

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::Value;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Rows, and bytes in them, that are held before they are written as a group.
const ROWS: usize = 20_000;
const BYTES: usize = 32 << 20;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text; lists and objects as JSON.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// Days of the Gregorian calendar, given as ISO 8601.
    Day,
}

/// The type of a column, by its name: names mean the same in every table, but for `value`, which is a number in
/// tables of figures alone.
pub fn column_type(name: &str, figures: bool) -> ColumnType {
    match name {
        "start" | "end" | "independent_sources" | "sources" | "mentions" | "number" | "undoes" => {
            ColumnType::Integer
        }
        "confidence" | "low" | "high" | "amount" => ColumnType::Number,
        "value" if figures => ColumnType::Number,
        "first_day" | "last_day" | "earliest" | "latest" => ColumnType::Day,
        _ => ColumnType::Text,
    }
}

/// Writes rows as Parquet.
pub struct ParquetRows<W> {
    to: W,
    made: Made,
    writer: SerializedFileWriter<Made>,
    types: Vec<ColumnType>,
    /// By column.
    cells: Vec<Vec<Value>>,
    bytes: usize,
}

/// What was written and not yet passed on.
#[derive(Debug, Clone, Default)]
struct Made(Arc<Mutex<Vec<u8>>>);

impl Write for Made {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

impl<W: Write> ParquetRows<W> {
    /// Begins a table with these columns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(to: W, columns: &[(&str, ColumnType)]) -> io::Result<ParquetRows<W>> {
        let fields = columns.iter().map(|&(name, kind)| {
            let (physical, logical) = match kind {
                ColumnType::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                ColumnType::Integer => (Physical::INT64, None),
                ColumnType::Number => (Physical::DOUBLE, None),
                ColumnType::Day => (Physical::INT32, Some(LogicalType::Date)),
            };
            let field = Type::primitive_type_builder(name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical);
            field.build().map(Arc::new).map_err(failed)
        });
        let fields = fields.collect::<io::Result<Vec<_>>>()?;
        let schema =
            Type::group_type_builder("rows").with_fields(fields).build().map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_created_by(concat!("variorum ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::GZIP(Default::default()))
            .build();
        let made = Made::default();
        let writer = SerializedFileWriter::new(made.clone(), schema.into(), properties.into());
        Ok(ParquetRows {
            to,
            made,
            writer: writer.map_err(failed)?,
            types: columns.iter().map(|c| c.1).collect(),
            cells: vec![Vec::new(); columns.len()],
            bytes: 0,
        })
    }

    /// Adds a row; cells beyond the columns are left out.
    ///
    /// # Errors
    /// When it cannot be written, or a cell is not of its column's type.
    pub fn write(&mut self, cells: Vec<Value>) -> io::Result<()> {
        let mut cells = cells.into_iter();
        for column in &mut self.cells {
            let cell = cells.next().unwrap_or_default();
            self.bytes += cell.as_str().map_or(8, str::len);
            column.push(cell);
        }
        let rows = self.cells.first().map_or(0, Vec::len);
        if rows >= ROWS || self.bytes >= BYTES { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for (kind, cells) in self.types.iter().zip(&mut self.cells) {
            let cells = std::mem::take(cells);
            match kind {
                ColumnType::Text => write_column::<ByteArrayType>(&mut group, &cells, text),
                ColumnType::Integer => write_column::<Int64Type>(&mut group, &cells, Value::as_i64),
                ColumnType::Number => write_column::<DoubleType>(&mut group, &cells, Value::as_f64),
                ColumnType::Day => write_column::<Int32Type>(&mut group, &cells, day),
            }?;
        }
        group.close().map_err(failed)?;
        self.pass_on()
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let made = std::mem::take(&mut *self.made.0.lock().unwrap_or_else(PoisonError::into_inner));
        self.to.write_all(&made)
    }

    /// Writes what is left and the end of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        if self.cells.first().is_some_and(|c| !c.is_empty()) {
            self.write_group()?;
        }
        self.writer.finish().map_err(failed)?;
        self.pass_on()?;
        self.to.flush()?;
        Ok(self.to)
    }
}

fn text(cell: &Value) -> Option<ByteArray> {
    Some(match cell {
        Value::String(text) => text.as_str().into(),
        other => other.to_string().as_str().into(),
    })
}

/// Days since 1970.
fn day(cell: &Value) -> Option<i32> {
    let day: jiff::civil::Date = cell.as_str()?.parse().ok()?;
    Some((day - jiff::civil::Date::constant(1970, 1, 1)).get_days())
}

fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Made>,
    cells: &[Value],
    read: impl Fn(&Value) -> Option<T::T>,
) -> io::Result<()> {
    let present: Vec<i16> = cells.iter().map(|c| i16::from(!c.is_null())).collect();
    let values = cells.iter().filter(|c| !c.is_null()).map(|cell| {
        read(cell).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{cell} is not of its column's type"),
            )
        })
    });
    let values = values.collect::<io::Result<Vec<_>>>()?;
    if let Some(mut column) = group.next_column().map_err(failed)? {
        let written = column.typed::<T>().write_batch(&values, Some(&present), None);
        written.map_err(failed)?;
        column.close().map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use serde_json::json;

    const COLUMNS: [(&str, ColumnType); 4] = [
        ("report", ColumnType::Text),
        ("start", ColumnType::Integer),
        ("confidence", ColumnType::Number),
        ("earliest", ColumnType::Day),
    ];

    fn read(bytes: Vec<u8>) -> Vec<Vec<(String, Field)>> {
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        rows.map(|row| {
            row.unwrap().get_column_iter().map(|(n, f)| (n.clone(), f.clone())).collect()
        })
        .collect()
    }

    #[test]
    fn rows_come_back_with_their_types() {
        let mut table = ParquetRows::new(Vec::new(), &COLUMNS).unwrap();
        table
            .write(vec![json!("=1+1, \"Şırnak\""), json!(7), json!(0.5), json!("1969-12-31")])
            .unwrap();
        table.write(vec![json!(["a", 1]), Value::Null, json!(2), Value::Null]).unwrap();
        let rows = read(table.finish().unwrap());
        let fields: Vec<Vec<Field>> =
            rows.into_iter().map(|row| row.into_iter().map(|c| c.1).collect()).collect();
        assert_eq!(
            fields[0],
            [
                Field::Str("=1+1, \"Şırnak\"".into()),
                Field::Long(7),
                Field::Double(0.5),
                Field::Date(-1)
            ]
        );
        assert_eq!(
            fields[1],
            [Field::Str("[\"a\",1]".into()), Field::Null, Field::Double(2.0), Field::Null]
        );
    }

    #[test]
    fn groups_and_empty_tables() {
        let mut table = ParquetRows::new(Vec::new(), &COLUMNS).unwrap();
        for n in 0..ROWS + 3 {
            table.write(vec![json!("r"), json!(n)]).unwrap();
        }
        let rows = read(table.finish().unwrap());
        assert_eq!(rows.len(), ROWS + 3);
        assert_eq!(rows[ROWS][1], ("start".to_owned(), Field::Long(ROWS as i64)));
        assert!(read(ParquetRows::new(Vec::new(), &COLUMNS).unwrap().finish().unwrap()).is_empty());
    }

    #[test]
    fn a_cell_of_another_type_is_refused() {
        for row in [
            vec![json!("r"), json!("seven")],
            vec![json!("r"), Value::Null, Value::Null, json!("May")],
        ] {
            let mut table = ParquetRows::new(Vec::new(), &COLUMNS).unwrap();
            table.write(row).unwrap();
            assert!(table.finish().is_err());
        }
    }
}

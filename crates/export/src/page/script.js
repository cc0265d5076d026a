// Lights the whole cited passage: its pieces from the anchor's start to its end.
(function () {
  function light() {
    document.querySelectorAll(".lit").forEach(function (e) { e.classList.remove("lit"); });
    var m = /^#([A-Z]\d*)-(\d+)-(\d+)$/.exec(location.hash);
    if (!m) { return; }
    var report = document.getElementById(m[1]);
    if (!report) { return; }
    report.querySelectorAll("[data-at]").forEach(function (piece) {
      var at = Number(piece.dataset.at);
      if (at >= Number(m[2]) && at < Number(m[3])) { piece.classList.add("lit"); }
    });
  }
  addEventListener("hashchange", light);
  light();
})();

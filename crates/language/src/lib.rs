//! Tokens, tags, dependency trees and named mentions.

import Foundation
import MeasureModel
import PlumblineTestSupport
import TabularIO
import Testing

@testable import Workspace

/// Everything that a codebook may say, and what is refused in one.
struct CodebookTests {
    private func codebook(_ text: String) throws -> Codebook {
        try WorkspaceFolder.with("hub: h\n", codebooks: ["book.yaml": text]) { folder in
            try Workspace.codebook(at: folder.url.appending(path: "book.yaml"))
        }
    }

    @Test func anEmptyCodebook() throws {
        #expect(try codebook("") == Codebook())
        #expect(try codebook("items:\nscales:\n") == Codebook())
    }

    @Test func itemsAndColumns() throws {
        let book = try codebook(
            """
            items:
              trust: { label: "I trust my team", range: [1, 6], missing: { not_applicable: 9 } }
              doubt: { range: [1, 6], reverse: true }
            columns:
              minutes: { type: number, values: { "1 h": 60, none: 0 }, asked: { role: [teacher, coach], wave: 2025-fall } }
              note: { type: text }
            """)
        #expect(Set(book.columns.keys) == ["trust", "doubt", "minutes", "note"])
        let trust = try #require(book.columns["trust"])
        #expect(trust.label == "I trust my team")
        #expect(trust.low == 1)
        #expect(trust.high == 6)
        #expect(!trust.isReversed)
        #expect(trust.missing.kinds == ["9": "not_applicable"])
        let minutes = try #require(book.columns["minutes"])
        #expect(minutes.type == .number)
        #expect(minutes.values == ["1 h": "60", "none": "0"])
        #expect(minutes.asked == ["role": ["teacher", "coach"], "wave": ["2025-fall"]])
        #expect(
            book.items == [
                ItemDescription(name: "doubt", low: 1, high: 6, isReversed: true),
                ItemDescription(name: "trust", low: 1, high: 6, isReversed: false),
            ])
    }

    @Test func scalesMissingAndLabels() throws {
        let book = try codebook(
            """
            scales: { safety: [a, b], trust: { items: [c, d], label: Trust } }
            missing: { skipped: [-99, NA], not_asked: [-98], not_applicable: ["NaN"] }
            labels: { school: { A-014: Lincoln, "007": Bond } }
            """)
        #expect(
            book.scales == [
                ScaleDescription(name: "safety", items: ["a", "b"]),
                ScaleDescription(name: "trust", items: ["c", "d"]),
            ])
        #expect(
            book.missing.kinds == ["-99": "skipped", "NA": "skipped", "-98": "not_asked", "NaN": "not_applicable"])
        #expect(book.labels == ["school": ["A-014": "Lincoln", "007": "Bond"]])
    }

    @Test func sourcesAndMaps() throws {
        let book = try codebook(
            """
            sources:
              long:
                pivot: { rows: [id, day], item: question, value: answer }
              forms:
                network: east
                columns: { Q1: trust, "Your school": school }
                values: { trust: { Agree: 5, "No": 1 } }
                networks: { west: { columns: { Q2: trust } } }
                drop: [Timestamp]
            networks:
              west: { values: { role: { T: teacher } } }
            """)
        #expect(book.sources.map(\.name) == ["forms", "long"])
        let forms = book.sources[0]
        #expect(forms.network == "east")
        #expect(forms.maps.columns == ["Q1": "trust", "Your school": "school"])
        #expect(forms.maps.values == ["trust": ["Agree": "5", "No": "1"]])
        #expect(forms.networks["west"]?.columns == ["Q2": "trust"])
        #expect(forms.dropped == ["Timestamp"])
        #expect(book.sources[1].pivot == .init(rows: ["id", "day"], item: "question", value: "answer"))
        #expect(book.networks["west"]?.values == ["role": ["T": "teacher"]])
    }

    @Test(arguments: [
        ("itmes: {}\n", 1, "did you mean `items`?"), ("- a\n", 1, "must be a mapping"),
        ("items: [\n", 2, "is not YAML"),
        ("items:\n  a: { lable: x }\n", 2, "did you mean `label`?"),
        ("items:\n  a: {}\ncolumns:\n  a: {}\n", 4, "the column `a` comes twice"),
        ("items:\n  a: { type: int }\n", 2, "choose one of integer, number, boolean, date, timestamp, text"),
        ("items:\n  a: { range: [1] }\n", 2, "is the scale's ends"),
        ("items:\n  a: { range: 6 }\n", 2, "must be a list"),
        ("items:\n  a: { range: [1, six] }\n", 2, "must be a number"),
        ("items:\n  a: { range: [6, 1] }\n", 2, "from the lowest to the highest answer"),
        ("items:\n  a: { reverse: true }\n", 2, "needs its `range`"),
        ("items:\n  a: { reverse: maybe }\n", 2, "must be true or false"),
        ("items:\n  a: { missing: { refused: [9] } }\n", 2, "it has skipped, not_asked, not_applicable"),
        ("missing: { not_asked: [9], not_applicable: [9] }\n", 1, "stands for two kinds of missing"),
        ("scales:\n  s: { label: x }\n", 2, "the scale `s` needs `items`"),
        ("scales:\n  s: { item: [a] }\n", 2, "did you mean `items`?"),
        ("sources:\n  s: { colunms: {} }\n", 2, "did you mean `columns`?"),
        ("sources:\n  s: { pivot: { rows: [a] } }\n", 2, "`pivot` is written"),
        ("sources:\n  s:\n    values: { a: b }\n", 3, "must be a mapping"),
        ("networks:\n  w: { column: {} }\n", 2, "did you mean `columns`?"),
        ("labels: { school: [a] }\n", 1, "must be a mapping"),
    ])
    func mistakes(text: String, line: Int, message: String) throws {
        let error = try #require(WorkspaceFolder.refusal { _ = try codebook(text) })
        #expect(error.code == .badCodebook)
        #expect(error.file == "book.yaml")
        #expect(error.line == line, "\(error)")
        #expect(error.description.contains(message), "\(error)")
    }

    @Test func aCodebookThatIsNotThere() throws {
        let configuration =
            "hub: h\ndatasets: { d: { class: c, person: row, codebook: books/d.yaml } }\nprivacy: { c: { minimum: 1 } }\n"
        let error = try WorkspaceFolder.with(configuration) { folder in
            WorkspaceFolder.refusal { _ = try folder.open() }
        }
        #expect(error?.code == .badCodebook)
        #expect(error?.description.contains("d.yaml cannot be read") == true)
    }
}

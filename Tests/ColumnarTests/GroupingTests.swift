import Columnar
import PlumblineTestSupport
import Statistics
import Testing

/// Grouping against a dictionary of lists.
struct GroupingTests {
    @Test func agreesWithADictionary() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<400 {
            let rowCount = random.pick([0, 1, 2, 10, 64, 300])
            let keys = (0..<Int.random(in: 0...3, using: &random)).map { _ -> GroupingKey in
                let cardinality = random.pick([1, 1, 2, 5, 40])
                let missing = random.pick([0, 0, 20, 100])
                let codes = (0..<rowCount).map { _ in
                    random.chance(missing) ? Int32(-1) : Int32.random(in: 0..<Int32(cardinality), using: &random)
                }
                return GroupingKey(codes: codes, cardinality: cardinality)
            }
            let grouping = Grouping(rowCount: rowCount, keys: keys)
            let (groups, keyless) = oracle(rowCount, keys)
            #expect(grouping.keyless == keyless)
            #expect(grouping.groups.map(\.codes) == groups.map(\.0))
            #expect(grouping.groups.map { Array(grouping.order[$0.rows]) } == groups.map(\.1))
            #expect(grouping.groups.flatMap { Array($0.rows) } == Array(0..<grouping.order.count), "no gaps")
            #expect(
                grouping.isIdentity
                    == (keyless.isEmpty && grouping.order == (0..<Int32(rowCount)).map(\.self)))
        }
    }

    /// Groups in order of their codes, rows in their original order, rows without a key apart.
    private func oracle(_ rowCount: Int, _ keys: [GroupingKey]) -> ([([Int32], [Int32])], [Int32]) {
        var lists: [[Int32]: [Int32]] = [:]
        var keyless: [Int32] = []
        for row in 0..<rowCount {
            let codes = keys.map { $0.codes[row] }
            if codes.contains(-1) { keyless.append(Int32(row)) } else { lists[codes, default: []].append(Int32(row)) }
        }
        return (lists.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }, keyless)
    }

    @Test func gathersInTheOrderOfGroups() {
        let key = GroupingKey(codes: [1, 0, -1, 1, 0], cardinality: 2)
        let grouping = Grouping(rowCount: 5, keys: [key])
        #expect(grouping.order == [1, 4, 0, 3])
        #expect(grouping.keyless == [2])
    }
}

/// One dictionary out of several against a list of texts.
struct DictionaryMergeTests {
    private static let words = ["b", "a", "é", "z", "Z", "", "aa", "ä", "10", "9", "日本"]

    @Test func agreesWithAListOfTexts() {
        var random = SplitMix64(seed: 12)
        for _ in 0..<200 {
            var texts: [String?] = []
            let parts = (0..<Int.random(in: 0...4, using: &random)).map { _ -> (labels: [String], codes: [Int32]) in
                let labels = Array(Self.words.shuffled(using: &random).prefix(Int.random(in: 0...8, using: &random)))
                let codes = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                    labels.isEmpty || random.chance(20) ? -1 : Int32.random(in: 0..<Int32(labels.count), using: &random)
                }
                texts += codes.map { $0 < 0 ? nil : labels[Int($0)] }
                return (labels, codes)
            }
            let merged = DictionaryMerge(parts)
            #expect(merged.codes.map { $0 < 0 ? nil : merged.labels[Int($0)] } == texts)
            let used = Set(texts.compactMap(\.self))
            #expect(merged.labels == used.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        }
    }

    @Test func theOrderIsThatOfBytes() {
        let labels = ["ä", "z", "Z", "10", "9", "é"]
        let merged = DictionaryMerge([(labels: labels, codes: [0, 1, 2, 3, 4, 5])])
        #expect(merged.labels == ["10", "9", "Z", "z", "ä", "é"])
        #expect(merged.codes == [4, 3, 2, 0, 1, 5])
    }
}

/// Numbers of texts and numbers put in place, against dictionaries and arrays.
struct NumberingTests {
    @Test func numbersTellTextsApart() {
        var random = SplitMix64(seed: 13)
        let words = ["", "a", "b", "aa", "z9", "Z", "r000001", "r000002", "longer than a word of eight"]
        for _ in 0..<300 {
            var numbering = TextNumbering()
            var known: [String: Int32] = [:]
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let texts = (0..<random.pick([0, 1, 7, 40])).map { _ in random.chance(20) ? nil : random.pick(words) }
                let column = Self.column(texts, &random)
                guard let numbers = numbering.numbers(of: column) else {
                    Issue.record("ASCII is known")
                    continue
                }
                #expect(numbers.map { $0 < 0 } == texts.map { $0 == nil })
                for (text, number) in zip(texts, numbers) {
                    guard let text else { continue }
                    #expect(known[text, default: number] == number)
                    known[text] = number
                }
            }
            #expect(Set(known.values).count == known.count)
            #expect(numbering.count >= known.count)
        }
    }

    private static func column(_ texts: [String?], _ random: inout SplitMix64) -> Column {
        let validity = Bitmap(texts.map { $0 != nil })
        switch random.pick([0, 1, 2]) {
        case 0: return Column(name: "x", values: .text(TextBuffer(texts.map { $0 ?? "" })), validity: validity)
        case 1:
            // Sorted, as in our own files.
            return dictionary(texts, labels: Set(texts.compactMap(\.self)).sorted(), validity)
        default:
            // In any order, with one that no row uses.
            return dictionary(texts, labels: Array(Set(texts.compactMap(\.self))) + ["unused"], validity)
        }
    }

    private static func dictionary(_ texts: [String?], labels: [String], _ validity: Bitmap) -> Column {
        let codes = texts.map { text in Int32(text.flatMap { labels.firstIndex(of: $0) } ?? 0) }
        return Column(
            name: "x",
            values: .dictionary(
                codes: IntegerBuffer(codes: codes, labelCount: labels.count), labels: TextBuffer(labels)),
            validity: validity)
    }

    @Test func beyondASCIIItDoesNotTell() {
        var numbering = TextNumbering()
        #expect(numbering.numbers(of: Column(name: "x", values: .text(TextBuffer(["a", "é"])))) == nil)
        #expect(numbering.numbers(of: Column(name: "x", values: .bool(Bitmap([true])))) == nil)
    }

    @Test func valuesComeToTheirPlaces() {
        var random = SplitMix64(seed: 14)
        for kind in IntegerKind.allCases {
            for missing in [0, 30, 100] {
                let rows = random.pick([0, 1, 63, 64, 65, 200])
                let validity = (0..<rows).map { _ in !random.chance(missing) }
                let numbers = (0..<rows).map { _ in Int64.random(in: 0...100, using: &random) }
                let column = Column(
                    name: "x", values: .integers(IntegerBuffer(numbers, as: kind)),
                    validity: missing == 0 ? nil : Bitmap(validity))
                var places = (0..<Int32(rows)).shuffled(using: &random)
                if rows > 2 { places[1] = -1 }
                var target = [Double](repeating: -1, count: rows)
                var span = target.mutableSpan
                column.placeDoubles(places.span, in: &span)
                var doubles: [Double] = []
                column.appendDoubles(to: &doubles)
                for (row, place) in places.enumerated() where place >= 0 {
                    #expect(target[Int(place)].bitPattern == doubles[row].bitPattern)
                }
            }
        }
    }
}

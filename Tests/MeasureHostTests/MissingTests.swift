import MeasureModel
import Testing

/// The four kinds of missing: what tells them, and which wins where they meet.
struct MissingTests {
    /// x and y are missing for every pair of reasons; the second load lacks z.
    private static let kinds: [String?] = [nil, "skipped", "not_applicable", "not_asked"]

    private static let world: World = {
        var x: [Double?] = []
        var y: [Double?] = []
        var whyX: [String?] = []
        var whyY: [String?] = []
        for left in kinds {
            for right in kinds {
                x.append(left == nil ? 1 : nil)
                y.append(right == nil ? 2 : nil)
                whyX.append(left)
                whyY.append(right)
            }
        }
        let first = TestFile(
            Cells.numbers("x", x), Cells.why("x", whyX), Cells.numbers("y", y), Cells.why("y", whyY),
            Cells.numbers("z", y.map { _ in 3 }))
        let second = TestFile(Cells.numbers("x", [1, nil]), Cells.why("x", [nil, "not_asked"]))
        return World(first, second)
    }()

    private let world = Self.world

    private func counts(_ column: String) throws -> [Double] {
        try ["not_loaded", "not_asked", "not_applicable", "skipped"].map {
            try world.value("return (\(column)):missing('\($0)'):count()")
        }
    }

    @Test func theKindIsTold() throws {
        #expect(try counts("g.x") == [0, 5, 4, 4])
        #expect(try counts("g.y") == [2, 4, 4, 4])
        #expect(try counts("g.z") == [2, 0, 0, 0])
        #expect(try world.value("return g.x:missing():count()") == 13)
        #expect(try world.value("return g.x:valid():count()") == 5)
        #expect(try world.value("return g.x:missing():share().denominator") == 18, "it is never missing itself")
    }

    /// not_loaded, then not_asked, not_applicable, skipped.
    @Test(arguments: ["g.x + g.y", "g.y * g.x", "g.x - g.y", "g.y / g.x", "g.x // g.y", "g.x % g.y"])
    func theStrongerKindWins(expression: String) throws {
        #expect(try counts(expression) == [2, 7, 5, 3])
        #expect(try world.value("return (\(expression)):count()") == 1)
    }

    @Test func aKindStaysThroughComputations() throws {
        for expression in [
            "-g.x", "g.x + 1", "2 * g.x", "g.x / 4", "g.x:at_least(0)", "g.x:is(1)", "~g.x:is(1)", "g.x:top_box(1)",
        ] {
            #expect(try counts(expression) == [0, 5, 4, 4], "\(expression)")
        }
        #expect(try counts("g:where(g.x:missing()).x") == [0, 5, 4, 4])
        #expect(try counts("g:scale({ 'x', 'y' }, { answered = 1 })") == [2, 7, 5, 3])
        #expect(try counts("g:scale({ 'x', 'y' })") == [1, 5, 3, 1])
    }

    @Test func bothSidesOfALogicalSignCount() throws {
        #expect(try counts("g.x:is(1) & g.y:is(2)") == [2, 7, 5, 3])
        #expect(try counts("g.x:is(1) | g.y:is(0)") == [1, 6, 4, 2], "a yes decides; a no does not")
    }

    @Test func whatAMissingValueStandsForIsSaid() throws {
        #expect(try world.value("return g.x:fill(7):sum()") == 5 + 13 * 7)
        #expect(try counts("g.x:fill(7)") == [0, 0, 0, 0])
        #expect(try counts("g.x:fill(7, 'skipped')") == [0, 5, 4, 0])
        #expect(try counts("g.x:fill(g.y)") == [1, 3, 3, 3], "where both are missing the second says why")
        #expect(try world.value("return g.x:fill(g.y):sum()") == 5 + 3 * 2)
        #expect(try world.value("return (g.x:fill(g.y, 'not_asked')):sum()") == 5 + 2)
        #expect(try world.value("return g.x:is(1):fill(false):share()") == 5.0 / 18)
        for (call, message) in [
            ("g.x:fill('a')", "fill needs a number or another column"), ("g.x:fill()", "fill needs a number"),
            ("g.x:fill(0 / 0)", "fill needs a number"), ("g.x:fill(1, 'skiped')", "did you mean `skipped`?"),
            ("g.x:fill(g:where(g.x:valid()).x)", "of different groups"),
        ] {
            #expect(try world.message("return \(call):sum()").contains(message), "\(call)")
        }
    }

    @Test func withoutACompanionTheKindIsSkipped() throws {
        let plain = World(TestFile(Cells.numbers("x", [1, nil, nil])))
        #expect(try plain.value("return g.x:missing('skipped'):count()") == 2)
        #expect(try plain.value("return g.x:missing('not_asked'):count()") == 0)
    }

    /// An operation that has no finite result is not applicable, with and without a companion.
    @Test func whatIsUndefinedIsNotApplicable() throws {
        for companion in [[nil, nil, "not_asked"], [nil, nil, "skipped"], nil] as [[String?]?] {
            var columns = [Cells.numbers("x", [1, 4, nil]), Cells.numbers("zero", [0, 2, 0])]
            if let companion { columns.append(Cells.why("x", companion)) }
            var file = TestFile()
            file.columns = columns
            let world = World(file)
            for expression in ["g.x / g.zero", "g.x // g.zero", "g.x % g.zero", "g.zero * (1 / g.zero)", "(g.x / 0)"] {
                let undefined = expression == "(g.x / 0)" ? 2.0 : 1
                let expected = expression.contains("g.x") ? undefined : 2
                #expect(
                    try world.value("return (\(expression)):missing('not_applicable'):count()") == expected,
                    "\(expression)")
            }
        }
    }

    @Test func rowsTellWhy() throws {
        let body = """
            local s = ''
            for r in g:rows() do s = s .. tostring(r.x) .. ':' .. tostring(r:why('x')) .. ':' .. tostring(r:why('z')) .. ' ' end
            return s
            """
        let text = try world.ask(body, Question(allowsAny: true)).groups[0].other ?? ""
        #expect(text.contains("1:nil:nil nil:not_asked:nil") == false)
        #expect(text.hasPrefix("\"1:nil:nil 1:nil:nil 1:nil:nil 1:nil:nil nil:skipped:nil"))
        #expect(text.hasSuffix("nil:not_asked:nil 1:nil:not_loaded nil:not_asked:not_loaded \""))
    }

    @Test func textsCanBeMissingToo() throws {
        let world = World(
            TestFile(Cells.labels("role", ["a", nil, nil]), Cells.why("role", [nil, "not_asked", "skipped"])),
            TestFile(Cells.numbers("x", [1])))
        #expect(try world.value("return g.role:missing('not_asked'):count()") == 1)
        #expect(try world.value("return g.role:missing('not_loaded'):count()") == 1)
        #expect(try world.value("return g.role:is('a'):missing('skipped'):count()") == 1)
        #expect(try world.value("return g.role:count()") == 1)
    }

    @Test func companionsAreNoColumns() throws {
        #expect(try world.message("return g['x.missing']:count()").contains("no column `x.missing`"))
        // Unless there is no column that they accompany.
        let odd = World(TestFile(Cells.labels("lost.missing", ["a", nil])))
        #expect(try odd.value("return g['lost.missing']:count()") == 1)
    }

    @Test func unknownKindsAreNamed() throws {
        #expect(try world.message("return g.x:missing('not_aksed')").contains("did you mean `not_asked`?"))
        #expect(try world.message("return missing('nothing')").contains("missing needs a kind"))
    }

    @Test func aColumnOfNothingButMissing() throws {
        let world = World(TestFile(Cells.numbers("x", [nil, nil]), Cells.labels("role", [nil, nil])))
        for verb in ["mean", "sum", "sd", "min", "max", "median", "share"] {
            let part = try world.ask("return g.x:\(verb)()").part()
            #expect(part.status == .insufficient, "\(verb)")
            #expect(part.estimate == nil)
            #expect(part.reason != nil)
        }
        #expect(try world.value("return g.x:count()") == 0)
        #expect(try world.value("return g.role:distinct()") == 0)
    }
}

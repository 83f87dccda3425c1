import MeasureModel
import Testing

/// Element by element, on columns and numbers.
struct ArithmeticTests {
    private let world = World(
        TestFile(
            Cells.integers("a", [7, -7, 7, 0, nil]), Cells.numbers("b", [2, 2, -2, 5, 1]),
            Cells.labels("role", ["x", "y", "x", "y", "x"]), Cells.truths("yes", [true, false, nil, true, true])))

    /// What an expression gives in each row; nil where missing.
    private func rows(_ expression: String) throws -> [Double?] {
        let body = """
            local all = {}
            local c = \(expression)
            for i, kept in ipairs(c:valid():map(function(v) return v and 1 or 0 end):values()) do all[i] = kept == 1 end
            local values, n = c:map(function(v) if type(v) == 'boolean' then return v and 1 or 0 end return v end):values(), 0
            local parts = {}
            for i = 1, #all do
              if all[i] then n = n + 1 parts['r' .. i] = values[n] else parts['r' .. i] = insufficient() end
            end
            return parts
            """
        return try world.ask(body).groups[0].parts.map { $0.estimate?.value }
    }

    @Test func columnsWithColumns() throws {
        #expect(try rows("g.a + g.b") == [9, -5, 5, 5, nil])
        #expect(try rows("g.a - g.b") == [5, -9, 9, -5, nil])
        #expect(try rows("g.a * g.b") == [14, -14, -14, 0, nil])
        #expect(try rows("g.a / g.b") == [3.5, -3.5, -3.5, 0, nil])
    }

    /// As Lua has them: towards minus infinity, the remainder with the sign of the divisor.
    @Test func floorsAndRemainders() throws {
        #expect(try rows("g.a // g.b") == [3, -4, -4, 0, nil])
        #expect(try rows("g.a % g.b") == [1, 1, -1, 0, nil])
        #expect(try rows("g.a % 4") == [3, 1, 3, 0, nil])
        #expect(try rows("10 // g.b") == [5, 5, -5, 2, 10])
        #expect(try rows("-5.5 % g.b") == [0.5, 0.5, -1.5, 4.5, 0.5])
    }

    @Test func columnsWithNumbers() throws {
        #expect(try rows("g.a + 1") == [8, -6, 8, 1, nil])
        #expect(try rows("1 - g.a") == [-6, 8, -6, 1, nil])
        #expect(try rows("g.b * 0.5") == [1, 1, -1, 2.5, 0.5])
        #expect(try rows("10 / g.b") == [5, 5, -5, 2, 10])
        #expect(try rows("-g.a") == [-7, 7, -7, 0, nil])
        #expect(try rows("(g.a + g.b) * 2 - g.b") == [16, -12, 12, 5, nil])
    }

    @Test func powers() throws {
        #expect(try rows("g.b ^ 2") == [4, 4, 4, 25, 1])
        #expect(try rows("2 ^ g.b") == [4, 4, 0.25, 32, 2])
        #expect(try rows("(-g.b) ^ 0.5") == [nil, nil, 1.4142135623730951, nil, nil])
    }

    @Test func divisionsByZeroAreMissing() throws {
        #expect(try rows("g.b / g.a") == [2.0 / 7, -2.0 / 7, -2.0 / 7, nil, nil])
        #expect(try rows("g.a / 0") == [nil, nil, nil, nil, nil])
        #expect(try rows("g.a % 0") == [nil, nil, nil, nil, nil])
    }

    @Test func truthsCountAsOneAndZero() throws {
        #expect(try rows("g.yes + 0") == [1, 0, nil, 1, 1])
        #expect(try rows("g.b:at_least(2) * 10") == [10, 10, 0, 10, 0])
    }

    @Test func mistakesAreNamed() throws {
        #expect(
            try world.message("return g.role + 1").contains(
                "+ needs numbers, but `role` holds text: compare it with :is"))
        #expect(try world.message("return g.a + 'x'").contains("`+` works on columns and numbers, not on a string"))
        #expect(try world.message("return g.a + g").contains("`+` works on columns and numbers, not on a object"))
        #expect(try world.message("return g.a + nil").contains("not on a nil"))
        #expect(try world.message("return g.a < 3").contains("use :below(x)"))
        #expect(try world.message("return g.a <= g.b").contains("use :below(x)"))
        #expect(try world.message("return 3 > g.a").contains("use :below(x)"))
        #expect(try world.message("return #g.a").contains("use :count() for the valid values, g.n for the rows"))
    }

    @Test func columnsOfDifferentGroupsDoNotMix() throws {
        let body = "local s = g:where(g.b:above(0)) return (s.a + g.b):sum()"
        #expect(try world.message(body).contains("cannot combine columns of different groups"))
        #expect(
            try world.message("local s, t = g:where(g.b:above(0)), g:where(g.b:below(0)) return (s.a + t.a):sum()")
                .contains("cannot combine columns of different groups"))
        // The same rows by two roads are the same.
        #expect(
            try world.value("local s, t = g:where(g.b:above(0)), g:where(g.b:above(0)) return (s.b + t.b):sum()") == 20)
    }

    @Test func columnsAreNotChanged() throws {
        #expect(try world.message("g.a = 1 return 1").contains("this group cannot be changed"))
        #expect(try world.message("g.a.x = 1 return 1").contains("this column cannot be changed"))
        #expect(try world.value("local twice = g.b * 2 return g.b:sum()") == 8)
    }
}

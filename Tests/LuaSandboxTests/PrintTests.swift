import LuaSandbox
import Testing

/// What scripts print is kept for their author, bounded and without control characters.
struct PrintTests {
    private func limits(bytes: Int = 64 << 10, lines: UInt32 = 1000) -> LuaLimits {
        var limits = LuaLimits.unhurried
        limits.logBytes = bytes
        limits.logLines = lines
        return limits
    }

    @Test func valuesAreSeparatedByTabs() throws {
        #expect(
            try run("print(1, 'x', nil, true, 1.5) print() print({}, print)").log
                == "1\tx\tnil\ttrue\t1.5\n\ntable\tfunction\n")
    }

    @Test func controlCharactersBecomeSpaces() throws {
        let outcome = try run("local s = '' for i = 0, 127 do s = s .. string.char(i) end print(s)")
        let printable = String(decoding: (0x20..<0x7f).map { UInt8($0) }, as: UTF8.self)
        let expected = String(repeating: " ", count: 9) + "\t\n" + String(repeating: " ", count: 21) + printable + " \n"
        #expect(outcome.log == expected)
        #expect(try run("print('\\27[31mred\\27[0m')").log == " [31mred [0m\n")
    }

    @Test func textsKeepTheirLetters() throws {
        #expect(try run("print('Schüler, élève, 学生')").log == "Schüler, élève, 学生\n")
        #expect(try run("print('\\xff\\xfe')").log == "\u{fffd}\u{fffd}\n")
    }

    @Test func bytesAreCapped() throws {
        let exact = try run("for i = 1, 10 do print('123456789') end", limits: limits(bytes: 100))
        #expect(exact.log.utf8.count == 100)
        #expect(!exact.isLogTruncated)
        let more = try run("for i = 1, 11 do print('123456789') end", limits: limits(bytes: 100))
        #expect(more.log == exact.log)
        #expect(more.isLogTruncated)
        let long = try run("print(('x'):rep(1000000))", limits: limits(bytes: 100))
        #expect(long.log == String(repeating: "x", count: 100))
        #expect(long.isLogTruncated)
    }

    @Test func linesAreCapped() throws {
        let exact = try run("for i = 1, 3 do print(i) end", limits: limits(lines: 3))
        #expect(exact.log == "1\n2\n3\n")
        #expect(!exact.isLogTruncated)
        let more = try run("for i = 1, 4 do print(i) end", limits: limits(lines: 3))
        #expect(more.log == "1\n2\n3\n")
        #expect(more.isLogTruncated)
        let inOne = try run("print('1\\n2\\n3\\n4')", limits: limits(lines: 3))
        #expect(inOne.log == "1\n2\n3\n")
        #expect(inOne.isLogTruncated)
    }

    @Test func printingOnIsNoError() throws {
        let outcome = try run("for i = 1, 100000 do print(i) end return 'done'", limits: limits(bytes: 1000))
        #expect(outcome.value == "done")
        #expect(outcome.log.utf8.count <= 1000)
    }

    @Test func whatWasPrintedBeforeAFailureIsKept() throws {
        let outcome = try run("print('before') error('x')")
        #expect(outcome.log == "before\n")
        #expect(try run("print('before') while true do end", limits: .fuel(50_000)).log == "before\n")
        #expect(try run("print('before') return #('x'):rep(1e8)", limits: .memory(1 << 20)).log == "before\n")
    }

    @Test func theLogCanBeCleared() throws {
        let logs = try withState(measure("for i = 1, a do print(i) end"), limits: limits(lines: 2)) { state, _ in
            try state.instantiate(seed: 1)
            _ = try state.call("value", [3])
            let first = state.log
            state.clearLog()
            let cleared = state.log
            _ = try state.call("value", [1])
            let second = state.log
            return [first.text, "\(first.isTruncated)", cleared.text, second.text, "\(second.isTruncated)"]
        }
        #expect(logs == ["1\n2\n", "true", "", "1\n", "false"])
    }

    @Test func itIsNotCountedAsMemory() throws {
        let outcome = try run("for i = 1, 1000 do print('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') end")
        #expect(outcome.usage.memoryPeak < 200_000)
    }
}

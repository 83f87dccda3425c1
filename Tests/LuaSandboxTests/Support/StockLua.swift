import Foundation
import LuaSandbox
import PlumblineTestSupport

/// The system's Lua 5.4, to compare with: the same text runs there and in the sandbox, and prints.
enum StockLua {
    static let executable = URL(filePath: "/usr/bin/lua5.4")
    static let isInstalled = FileManager.default.isExecutableFile(atPath: executable.path)

    /// Every case prints one line, in hexadecimal digits so that nothing is changed on the way.
    private static let prelude = """
        local function show(...)
          local words = {}
          for i = 1, select('#', ...) do
            local v = select(i, ...)
            words[i] = type(v) == 'table' and 'table' or type(v) == 'function' and 'function' or tostring(v)
          end
          print((table.concat(words, '|'):gsub('.', function(c) return ('%02x'):format(c:byte()) end)))
        end

        """

    /// What the cases print in the system's Lua and in the sandbox, as text again.
    static func outputs(of cases: [String]) throws -> (stock: [String], ours: [String]) {
        let (stock, ours) = try outputs(ofScript: prelude + cases.joined(separator: "\n") + "\n")
        return (stock.map(decoded), ours.map(decoded))
    }

    /// The lines that a script prints in the system's Lua and in the sandbox.
    static func outputs(ofScript script: String) throws -> (stock: [Substring], ours: [Substring]) {
        let finished = try withTemporaryFolder { folder in
            // Loaded under the name that the sandbox gives it, so that messages agree.
            let file = folder.appending(path: "cases.lua")
            try Data(script.utf8).write(to: file)
            let loader = "assert(load(assert(io.open(arg[1])):read('a'), '=script', 't'))()"
            let runner = folder.appending(path: "runner.lua")
            try Data(loader.utf8).write(to: runner)
            return try run(executable, [runner.path, file.path])
        }
        guard finished.status == 0 else { throw Failed(text: finished.errors) }
        var limits = LuaLimits.unhurried
        limits.logBytes = 256 << 20
        limits.logLines = 1 << 24
        limits.source = 16 << 20
        let log = try withState(script + "return measure {}", limits: limits) { state, _ in
            try state.instantiate(seed: 1)
            return state.log.text
        }
        return (lines(finished.output), lines(log))
    }

    /// The system's Lua gave up.
    struct Failed: Error {
        var text: String
    }

    private static func lines(_ output: String) -> [Substring] {
        output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    private static func decoded(_ line: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = line.utf8
        while rest.count >= 2, let byte = UInt8(Substring(rest.prefix(2)), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

import Foundation

/// The real Lua 5.4, to compare with. It is asked about many programs in one process.
enum LuaOracle {
    static let executable = "/usr/bin/lua5.4"
    static let isInstalled = FileManager.default.isExecutableFile(atPath: executable)

    struct Failure: Error {
        let message: String
    }

    /// For each program: nil if Lua compiles it, else Lua's message.
    static func refusals(of programs: [[UInt8]]) throws -> [String?] {
        let script = """
            local compiled, message = load(program, "=x", "t")
            print(compiled and "ok" or (message:gsub("[%c\\x80-\\xFF]", "?")))
            """
        return try run(script, on: programs).map { $0 == "ok" ? nil : $0 }
    }

    /// For each program: a hash-like text of the code that Lua compiles it to, without names and lines.
    static func code(of programs: [[UInt8]]) throws -> [String] {
        let script = """
            local compiled, message = load(program, "=x", "t")
            local code = compiled and string.dump(compiled, true) or message
            print((code:gsub(".", function(c) return ("%02x"):format(c:byte()) end)))
            """
        return try run(script, on: programs)
    }

    /// For each expression: its type and value, spelled exactly.
    static func values(of expressions: [[UInt8]]) throws -> [String] {
        let script = """
            local compiled = load("return " .. program, "=x", "t")
            local fine, value = pcall(compiled or error)
            if not fine then print("refused")
            elseif math.type(value) == "integer" then print(("integer %d"):format(value))
            elseif math.type(value) == "float" then print(("float %016x"):format(("<i8"):unpack(("<d"):pack(value))))
            elseif type(value) == "string" then
                print("string " .. (value:gsub(".", function(c) return ("%02x"):format(c:byte()) end)))
            else print("refused") end
            """
        return try run(script, on: expressions)
    }

    /// For each program: how many constants Lua's compiler gives to each of its functions, outer before inner.
    static func constantCounts(of programs: [[UInt8]]) throws -> [[Int]] {
        // The text of `string.dump` has no list of counts, so this reads the dump as lundump.c does.
        let script = """
            local dump, at = string.dump(assert(load(program, "=x", "t")), true), 33
            local function byte() at = at + 1; return dump:byte(at - 1) end
            local function size()
              local value, piece = 0
              repeat piece = byte(); value = value << 7 | piece & 0x7f until piece & 0x80 ~= 0
              return value
            end
            local function skip(bytes) at = at + bytes end
            local function text() local length = size(); if length > 0 then skip(length - 1) end end
            local counts = {}
            local function body()
              local place = #counts + 1
              counts[place] = 0
              text(); size(); size(); skip(3)
              skip(size() * 4)
              counts[place] = size()
              for _ = 1, counts[place] do
                local kind = byte()
                if kind == 0x13 or kind == 0x03 then skip(8) elseif kind == 0x04 or kind == 0x14 then text() end
              end
              skip(size() * 3)
              for _ = 1, size() do body() end
              skip(size()); size(); size(); size()
            end
            body()
            print(table.concat(counts, " "))
            """
        return try run(script, on: programs).map { $0.split(separator: " ").compactMap { Int($0) } }
    }

    /// Runs the body of a loop over programs; it prints one line for each.
    private static func run(_ body: String, on programs: [[UInt8]]) throws -> [String] {
        let script = """
            while true do
              local length = io.read("n")
              if not length then break end
              io.read(1)
              local program = length == 0 and "" or io.read(length)
              \(body)
            end
            """
        var input = Data()
        for program in programs {
            input.append(contentsOf: "\(program.count)\n".utf8)
            input.append(contentsOf: program)
        }
        // Through a file: a pipe in each direction could block both sides.
        let file = FileManager.default.temporaryDirectory.appending(path: "lua-syntax-\(UUID().uuidString)")
        try input.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }

        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: executable)
        process.arguments = ["-e", script]
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        guard process.terminationStatus == 0, lines.count == programs.count else {
            throw Failure(message: "lua5.4 gave \(lines.count) answers to \(programs.count) questions")
        }
        return lines
    }
}

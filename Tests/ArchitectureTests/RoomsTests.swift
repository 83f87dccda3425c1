import Foundation
import PlumblineTestSupport
import Testing

/// The rooms of the house and what each may import. Changing this table is a decision: give the reason in
/// Documentation/decisions.md.
private let rooms: [String: Set<String>] = [
    // Floor 0
    "CivilCalendar": [],
    "Spelling": [],
    "Columnar": ["CivilCalendar"],
    "Statistics": [],
    "LuaSyntax": ["Spelling"],
    // Floor 1
    "LuaSandbox": ["CLuaShims", "CLuaLibrary"],
    "TabularIO": ["Columnar", "CivilCalendar"],
    "MeasureModel": ["CivilCalendar"],
    "DisclosureControl": ["MeasureModel"],
    "MeasureLanguage": ["LuaSyntax"],
    "Configuration": ["Spelling", "Yams"],
    "PluginPackaging": ["Configuration", "MeasureModel", "CivilCalendar", "Spelling", "Crypto"],
    // Floor 2
    "MeasureHost": [
        "LuaSandbox", "LuaSyntax", "MeasureLanguage", "Spelling", "Columnar", "CivilCalendar", "Statistics",
        "MeasureModel",
    ],
    "Workspace": [
        "TabularIO", "Columnar", "CivilCalendar", "MeasureModel", "PluginPackaging", "Configuration", "Spelling",
        "GRDB",
        "Crypto",
    ],
    "Workers": ["CWorkerShims", "MeasureModel"],
    "SampleData": ["TabularIO", "CivilCalendar", "MeasureModel", "Statistics"],
    // Floor 3
    "Nightly": [
        "Workspace", "Workers", "DisclosureControl", "MeasureModel", "LuaSyntax", "Statistics", "Columnar",
        "CivilCalendar",
    ],
    "PluginRegistry": ["Workspace", "PluginPackaging", "MeasureModel", "FoundationNetworking"],
    "Feed": ["Workspace", "TabularIO", "MeasureModel", "Statistics", "Mustache"],
    // Floor 4
    "PlumblineCommands": [
        "Nightly", "Feed", "PluginRegistry", "PluginPackaging", "Workspace", "Workers", "SampleData", "TabularIO",
        "MeasureLanguage", "Columnar",
        "CivilCalendar", "MeasureModel", "ArgumentParser",
    ],
    // Floor 5
    "plumb": ["PlumblineCommands"],
    "plumb-worker": ["MeasureHost", "Workers", "MeasureModel"],
]

/// Rooms that a worker is made of stay free of Foundation: a worker starts twice as fast without it.
private let foundationFree: Set<String> = [
    "CivilCalendar", "Spelling", "Columnar", "Statistics", "LuaSyntax", "LuaSandbox", "TabularIO", "MeasureModel",
    "DisclosureControl", "MeasureLanguage", "MeasureHost", "Workers", "plumb-worker",
]

/// What belongs to the system and to Swift itself.
private let systemModules: Set<String> = ["Glibc", "Darwin", "Dispatch", "Synchronization"]

/// The only Swift files that may hold unsafe code, each stating its invariant.
private let unsafeFiles: Set<String> = [
    "Columnar/Buffer.swift", "Columnar/MappedFile.swift", "TabularIO/Delimited/ChunkScan.swift",
    "TabularIO/Delimited/FileBytes.swift", "TabularIO/Delimited/RecordScanner.swift",
    "TabularIO/Delimited/ScanMemory.swift", "Workers/ChildProcess.swift", "Workers/Descriptors.swift",
]

/// Files of the sources and what is in them.
private struct SourceFile {
    var room: String
    var path: String
    var text: String

    static let all: [SourceFile] = {
        let sources = Repository.root.appending(path: "Sources")
        let walk = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        var files: [SourceFile] = []
        while let url = walk?.nextObject() as? URL {
            guard url.pathExtension == "swift" else { continue }
            let path = String(url.path.dropFirst(sources.path.count + 1))
            let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
            files.append(SourceFile(room: String(path.split(separator: "/")[0]), path: path, text: text))
        }
        return files.sorted { $0.path < $1.path }
    }()

    var imports: [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "import"), index <= 1, words.count > index + 1 else { return nil }
            let isImport = index == 0 || ["public", "internal", "private", "package", "@testable"].contains(words[0])
            return isImport ? words[index + 1] : nil
        }
    }
}

@Suite struct RoomsTests {
    @Test func sourcesAreFound() {
        #expect(SourceFile.all.count > 100)
        #expect(Set(SourceFile.all.map(\.room)) == Set(rooms.keys))
    }

    @Test func importsGoDownwardsOnly() {
        for file in SourceFile.all {
            var allowed = (rooms[file.room] ?? []).union(systemModules)
            if !foundationFree.contains(file.room) { allowed.insert("Foundation") }
            for name in file.imports {
                #expect(allowed.contains(name), "\(file.path) imports \(name), which \(file.room) may not")
            }
        }
    }

    @Test func unsafeCodeStaysWhereItIsAllowed() throws {
        let word = try Regex(#"\bunsafe\b"#)
        for file in SourceFile.all where file.room != "LuaSandbox" && !unsafeFiles.contains(file.path) {
            let code = file.text.split(separator: "\n").filter { !$0.drop(while: { $0 == " " }).hasPrefix("//") }
            #expect(!code.contains { $0.contains(word) }, "\(file.path) holds unsafe code")
        }
    }

    @Test func escapeHatchesAreNotUsed() {
        for file in SourceFile.all {
            for hatch in ["@unchecked Sendable", "nonisolated(unsafe)", "try!", "fatalError(", "as!"] {
                #expect(!file.text.contains(hatch), "\(file.path) uses \(hatch)")
            }
        }
    }

    @Test func filesAreOfOneConcept() {
        for file in SourceFile.all {
            #expect(
                file.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 500, "\(file.path) is long")
        }
    }
}

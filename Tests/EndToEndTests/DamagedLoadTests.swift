import Foundation
import PlumblineTestSupport
import Testing

/// Files of loads that are not what was imported: named, and never used.
struct DamagedLoadTests {
    /// A workspace with two loads and an edition; `body` may do harm to the files.
    private func withLoads(_ body: (SmallWorkspace, [URL]) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "spring.csv", SmallWorkspace.survey.replacing("2025-", with: "2024-").replacing(",4,", with: ",3,"))
            #expect(try workspace.plumb("import", "survey", "spring.csv").status == 0)
            #expect(try workspace.night().status == 0)
            try body(workspace, try files(workspace))
        }
    }

    private func files(_ workspace: SmallWorkspace) throws -> [URL] {
        let data = try workspace.plumb("data", "survey", "--json").json()
        let datasets = data["datasets"] as? [[String: Any]] ?? []
        return datasets.flatMap { $0["loads"] as? [[String: Any]] ?? [] }
            .flatMap { $0["arrow"] as? [[String: Any]] ?? [] }
            .compactMap { ($0["file"] as? String).map { URL(filePath: $0) } }
    }

    /// Every command that would use the file refuses, and says which it is and what to do.
    private func expectRefusal(
        _ workspace: SmallWorkspace, _ file: URL, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let published = try workspace.published()
        for command in [
            ["eval", "--expr", "g.trust:mean()"], ["eval", "Measures/trust.lua"], ["check"],
            ["check", "Measures/trust.lua"],
            ["nightly", "--as-of", "2026-06-30"], ["nightly", "--full"],
        ] {
            let refused = try run(BuiltProgram.plumb, command + ["--json"], in: workspace.folder)
            #expect(refused.status == 5, "\(command) with \(what): \(refused.output)", sourceLocation: sourceLocation)
            #expect(refused.errorCode == "corrupt", sourceLocation: sourceLocation)
            let message = refused.errorMessage ?? ""
            #expect(message.contains(file.lastPathComponent), "\(message)", sourceLocation: sourceLocation)
            #expect(message.contains("plumb import survey"), sourceLocation: sourceLocation)
            #expect(message.contains("plumb data remove survey/"), sourceLocation: sourceLocation)
            #expect(
                (refused.errorPlace["file"] as? String)?.hasSuffix(file.lastPathComponent) == true,
                sourceLocation: sourceLocation)
        }
        let doctor = try workspace.plumb("doctor", "--json")
        #expect(doctor.status == 1, sourceLocation: sourceLocation)
        #expect(doctor.output.contains(file.lastPathComponent), "\(what)", sourceLocation: sourceLocation)
        #expect(try workspace.published() == published, "the edition stands", sourceLocation: sourceLocation)
    }

    /// Bits all over every file, by the quickest command.
    @Test func aFlippedBitAnywhere() throws {
        try withLoads { workspace, files in
            #expect(files.count == 4)
            for (number, file) in files.enumerated() {
                let whole = try Data(contentsOf: file)
                for place in stride(from: number * 7, to: whole.count, by: 151) {
                    var damaged = whole
                    damaged[place] ^= 1 << UInt8(place % 8)
                    try damaged.write(to: file)
                    let refused = try workspace.plumb("eval", "--expr", "g.trust:mean()", "--json")
                    #expect(refused.status == 5, "byte \(place) of \(file.lastPathComponent): \(refused.output)")
                    #expect(refused.errorMessage?.contains(file.lastPathComponent) == true)
                }
                try whole.write(to: file)
            }
            #expect(try workspace.plumb("eval", "--expr", "g.trust:mean()").status == 0)
        }
    }

    @Test func everyCommandRefusesAndImportingAgainMends() throws {
        try withLoads { workspace, files in
            var bytes = try Data(contentsOf: files[0])
            // The content of a column: the last persons's id.
            let place = try #require(
                bytes.lastRange(of: Data("east-7".utf8)) ?? bytes.lastRange(of: Data("west-3".utf8)))
            bytes[place.lowerBound + 5] ^= 1
            try bytes.write(to: files[0])
            try expectRefusal(workspace, files[0], "a flipped bit")
            let message = try workspace.plumb("eval", "--expr", "g.n", "--json").errorMessage ?? ""
            #expect(message.contains("the column `respondent`"), "\(message)")
            #expect(message.contains("The load survey/spring is damaged"), "\(message)")
            #expect(try workspace.plumb("import", "survey", "spring.csv").status == 0)
            #expect(try workspace.plumb("doctor").status == 0)
            #expect(try workspace.night().json()["edition"] is NSNull, "all is as it was")
        }
    }

    private enum Harm: String, CaseIterable, CustomTestStringConvertible {
        case gone, empty, cutShort, longer, swapped, link, linkToNothing, folder
        var testDescription: String { rawValue }

        func happen(to file: URL, beside other: URL) throws {
            let files = FileManager.default
            let bytes = try Data(contentsOf: file)
            switch self {
            case .gone: try files.removeItem(at: file)
            case .empty: try Data().write(to: file)
            case .cutShort: try bytes.prefix(bytes.count / 2).write(to: file)
            case .longer: try (bytes + Data([0])).write(to: file)
            case .swapped:
                let theirs = try Data(contentsOf: other)
                try theirs.write(to: file)
                try bytes.write(to: other)
            case .link:
                let elsewhere = file.deletingLastPathComponent().appending(path: "elsewhere")
                try files.moveItem(at: file, to: elsewhere)
                try files.createSymbolicLink(at: file, withDestinationURL: elsewhere)
            case .linkToNothing:
                try files.removeItem(at: file)
                try files.createSymbolicLink(atPath: file.path, withDestinationPath: "nothing")
            case .folder:
                try files.removeItem(at: file)
                try files.createDirectory(at: file, withIntermediateDirectories: false)
            }
        }
    }

    @Test(arguments: Harm.allCases) private func otherHarm(harm: Harm) throws {
        try withLoads { workspace, files in
            // The same network's file of the other load.
            try harm.happen(to: files[0], beside: files[2])
            try expectRefusal(workspace, files[0], harm.rawValue)
            #expect(try workspace.plumb("import", "survey", "survey.csv", "spring.csv").status == 0)
            #expect(try workspace.plumb("doctor").status == 0, "importing again mends it")
            #expect(try workspace.plumb("eval", "--expr", "g.trust:mean()").status == 0)
        }
    }

    @Test func takingTheLoadOutMends() throws {
        try withLoads { workspace, files in
            try Data("x".utf8).write(to: files[0])
            #expect(try workspace.plumb("data", "remove", "spring").status == 0)
            #expect(try workspace.plumb("eval", "--expr", "g.trust:mean()").status == 0)
            #expect(try workspace.night().status == 0)
            #expect(try workspace.plumb("doctor").status == 1, "its file is still there, and still damaged")
            #expect(try workspace.plumb("data", "remove", "spring", "--forget").status == 0)
            #expect(try workspace.plumb("doctor").status == 0)
        }
    }

    /// Rows of a damaged load cannot tell whether a key was seen before.
    @Test func importsThatLookAtKeysRefuseToo() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let text = try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write(
                "plumbline.yaml",
                text.replacing("person: respondent,", with: "person: respondent, keys: [respondent, submitted],"))
            let file = try files(workspace)[0]
            try Data("x".utf8).write(to: file)
            try workspace.write(
                "more.csv", SmallWorkspace.survey.replacing("2025-", with: "2024-").replacing("2026-", with: "2023-"))
            let refused = try workspace.plumb("import", "survey", "more.csv", "--json")
            #expect(refused.status == 5)
            #expect(refused.errorMessage?.contains(file.lastPathComponent) == true)
            #expect(
                try workspace.plumb("import", "survey", "survey.csv").status == 0, "the load itself can be replaced")
            #expect(try workspace.plumb("import", "survey", "more.csv").status == 0)
        }
    }
}

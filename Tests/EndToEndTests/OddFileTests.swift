import Foundation
import PlumblineTestSupport
import Testing

/// What lies in folders of measures costs nobody else the night, and shows nothing of other files.
struct OddFileTests {
    private static let good = SmallWorkspace.measure("culture.zeal", value: "return g.trust:max()")

    /// Puts something odd into a network's folder, and gives the failures of the night and what was published of the rest.
    private func night(_ make: (URL) throws -> Void) throws -> (failures: [[String: Any]], published: [String]) {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try make(workspace.folder.appending(path: "networks/west/Measures"))
            let night = try workspace.night()
            #expect([0, 1].contains(night.status), "\(night.errors)")
            let failures = try night.json()["failures"] as? [[String: Any]] ?? []
            return (failures, try workspace.published().split(separator: "\n").map(String.init))
        }
    }

    private static let kinds = [
        "a pipe", "a folder", "a link to a device", "a link in a circle", "a link to another file", "a gigabyte",
    ]

    private static func make(_ kind: String, in folder: URL) throws {
        let file = folder.appending(path: "odd.lua")
        switch kind {
        case "a pipe": #expect(try run(URL(filePath: "/usr/bin/mkfifo"), [file.path]).status == 0)
        case "a folder": try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        case "a link to a device":
            try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/dev/zero")
        case "a link in a circle":
            try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: file.path)
        case "a link to another file":
            try FileManager.default.createSymbolicLink(
                atPath: file.path, withDestinationPath: "../../../plumbline.yaml")
        default:
            #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
            let handle = try FileHandle(forWritingTo: file)
            try handle.truncate(atOffset: 1 << 30)  // without a byte on the disk
            try handle.close()
        }
    }

    @Test(arguments: kinds) func itIsRefusedAlone(kind: String) throws {
        let usual = try night { _ in }
        let odd = try night { try Self.make(kind, in: $0) }
        #expect(odd.failures.count == 1)
        #expect(odd.failures.first?["measure"] as? String == "networks/west/Measures/odd.lua")
        #expect(odd.failures.first?["code"] as? String == "refused")
        let message = odd.failures.first?["message"] as? String ?? ""
        #expect(!message.contains("time_zone") && !message.contains("syntax"), "\(message)")
        #expect(odd.published == usual.published)
    }

    /// Whatever the name of the second file, the id stays with the file that published it.
    @Test(arguments: ["aaa", "zzz"]) func aSecondFileWithTheSameIDTakesNothing(name: String) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write("Measures/mmm.lua", Self.good)
            #expect(try workspace.night().status == 0)
            let before = try workspace.published()
            try workspace.write(
                "Measures/\(name).lua", SmallWorkspace.measure("culture.zeal", value: "return 99999"))
            let night = try workspace.night("--full")
            #expect(night.status == 1)
            let failure = try #require((try night.json()["failures"] as? [[String: Any]])?.first)
            #expect(failure["measure"] as? String == "Measures/\(name).lua")
            #expect((failure["message"] as? String)?.contains("is taken by Measures/mmm.lua") == true)
            #expect(try workspace.published() == before)
        }
    }

    /// Where neither was ever published it belongs to the first, and no observation is there twice.
    @Test func twoNewFilesWithOneIDAreOneMeasure() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            for name in ["aaa", "zzz"] { try workspace.write("Measures/\(name).lua", Self.good) }
            #expect(try workspace.night().status == 1)
            let ids = try workspace.observations(of: "culture.zeal").compactMap { $0["id"] as? String }
            #expect(!ids.isEmpty && Set(ids).count == ids.count)
            let failed = try workspace.observations(of: "culture.zeal").filter {
                ["error", "stale"].contains($0["status"] as? String)
            }
            #expect(failed.isEmpty)
        }
    }
}

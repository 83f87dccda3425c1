import Foundation
import PlumblineTestSupport
import Testing

/// What publishing leaves behind: all that was published, and nothing that was changed.
struct PluginPublishingTests {
    private func index(_ hubs: TwoHubs) throws -> [[String: Any]] {
        let text = try String(
            contentsOf: hubs.registry.appending(path: "index/hilltop/climate.ndjson"), encoding: .utf8)
        return try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    /// Eight processes publish eight versions at once: every one is in the index, and can be added.
    @Test func publishersAtOnceLoseNothing() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let versions = (1...8).map { "1.\($0).0" }
            let archives = try versions.map { try hubs.pack(.init(version: $0)) }
            let running = try archives.map {
                try BuiltProgram.start(["plugin", "publish", "--to", "registry", $0], in: folder)
            }
            for process in running { process.waitUntilExit() }
            #expect(running.allSatisfy { $0.terminationStatus == 0 })
            #expect(Set(try index(hubs).compactMap { $0["version"] as? String }) == Set(versions))
            for version in versions {
                let archive = hubs.registry.appending(path: "packages/hilltop/climate/\(version).tar.gz")
                #expect(FileManager.default.fileExists(atPath: archive.path))
            }
            let added = try hubs.add("hilltop/climate")
            #expect(added.status == 0, "\(added.errors)")
            #expect(try hubs.listed("hilltop/climate")?["version"] as? String == "1.8.0")
        }
    }

    @Test func aVersionIsPublishedOnce() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            let before = try index(hubs).count
            // The same again changes nothing; other content under the same version is refused.
            let again = try hubs.plumb("plugin", "publish", "--to", "registry", "climate-1.0.0.tar.gz", "--json")
            #expect(again.status == 0)
            #expect(try again.json()["added"] as? Bool == false)
            let archive = try hubs.pack(.init(factor: 5))
            let other = try hubs.plumb("plugin", "publish", "--to", "registry", archive, "--json")
            #expect(other.status == 4)
            #expect(other.errorCode == "conflict")
            #expect(other.errorMessage?.contains("raise the version") == true)
            #expect(try index(hubs).count == before)
        }
    }

    @Test func whatIsNotSignedIsPublishedOnlyOnDemand() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let archive = try hubs.pack(.init(), key: nil)
            let refused = try hubs.plumb("plugin", "publish", "--to", "registry", archive, "--json")
            #expect(refused.status == 4)
            #expect(refused.errorCode == "bad_signature")
            #expect(!FileManager.default.fileExists(atPath: hubs.registry.path))
            #expect(try hubs.plumb("plugin", "publish", "--to", "registry", archive, "--unsigned").status == 0)
        }
    }

    @Test func aFolderThatCannotBeWrittenIsSaidSo() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let archive = try hubs.pack(.init())
            try Data("a file".utf8).write(to: folder.appending(path: "taken"))
            let refused = try hubs.plumb("plugin", "publish", "--to", "taken", archive, "--json")
            #expect(refused.status == 5)
            #expect(refused.errorCode == "not_writable")
        }
    }
}

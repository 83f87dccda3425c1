import Foundation
import PlumblineTestSupport
import Testing

/// Archives that no `plumb plugin pack` wrote, in a registry that names them honestly, signed by a key that is trusted.
struct HostileArchiveTests {
    private static let names: Set = [
        "bomb", "gzip-members", "huge", "parent", "parent-inside", "absolute", "escape", "symbolic-link", "hard-link",
        "character-device", "block-device", "pipe", "folder", "twice", "case", "case-of-folder", "file-and-folder",
        "apple-double", "ds-store", "claims-10-gb", "claims-octal", "claims-all", "sums-wrong", "sums-more", "kind-nul",
    ]

    /// A plugin with the files that the archives repeat, link to and misspell.
    private static let draft = TwoHubs.Draft(files: [
        "modules/items.lua": "return {}\n",
        "Measures/trust.lua": SmallWorkspace.measure("culture.a", value: "return 1"),
        "Measures/team/safety.lua": SmallWorkspace.measure("culture.b", value: "return 1"), "LICENSE": "Apache-2.0\n",
    ])

    private static func python(_ script: String, _ arguments: [String], in folder: URL) throws {
        let made = try run(URL(filePath: "/usr/bin/env"), ["python3", "-c", script] + arguments, in: folder)
        guard made.status == 0 else { throw TwoHubs.Refused(description: made.errors) }
    }

    @Test func theyAreRefusedWithTheirReason() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let made = folder.appending(path: "made")
            try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
            try Self.python(HostileArchives.script, [try hubs.write(Self.draft), "made"], in: folder)
            let expectations = HostileArchives.expectations.filter { Self.names.contains($0.name) && $0.name != "huge" }
            #expect(expectations.count == Self.names.count - 1)
            var registry = ForgedRegistry(hubs)
            for (index, expected) in expectations.enumerated() {
                let archive = try Data(contentsOf: made.appending(path: "\(expected.name).tar.gz"))
                try registry.publish(
                    .init(
                        version: "1.0.\(index)", archive: archive,
                        signature: try hubs.signature(over: archive, key: "hilltop")))
            }
            try registry.write()
            for (index, expected) in expectations.enumerated() {
                try hubs.expectRefusal(code: "bad_archive", saying: expected.reason, "plumb plugin pack") {
                    try hubs.add("hilltop/climate@1.0.\(index)")
                }
            }
            // The same in the hands of somebody who has the file alone.
            for name in Self.names {
                try hubs.expectRefusal(code: "bad_archive", saying: name) {
                    try hubs.plugin("verify", made.appending(path: "\(name).tar.gz").path)
                }
            }
            let evil = FileManager.default.enumerator(atPath: folder.path)?.contains { "\($0)".contains("evil") }
            #expect(evil == false)
        }
    }

    /// Ten gigabytes of zeros, as ten megabytes that the index admits to or hides, and half of them as five.
    @Test func zerosWithoutEndAreNotUnpacked() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let script = """
                import gzip
                member = gzip.compress(bytes(64 << 20), 9, mtime=0)
                open("ten.gz", "wb").write(member * 160)
                open("five.gz", "wb").write(member * 78)
                """
            try Self.python(script, [], in: folder)
            let ten = try Data(contentsOf: folder.appending(path: "ten.gz"))
            let five = try Data(contentsOf: folder.appending(path: "five.gz"))
            #expect(five.count > 5_000_000 && five.count < 5 << 20)
            for (archive, size, words) in [
                (ten, nil, "bytes, which none can have"), (ten, 5_000_000, "has more than 5242880 bytes"),
                (five, nil, "is compressed: the archive of a plugin holds its files as they are"),
            ] {
                var registry = ForgedRegistry(hubs)
                let signature = try hubs.signature(over: archive, key: "hilltop")
                try registry.publish(.init(archive: archive, size: size, signature: signature))
                try registry.write()
                try hubs.expectRefusal(saying: words) { try hubs.add("hilltop/climate") }
            }
        }
    }

    /// What systems and editors leave behind is no part of a plugin: not where it is packed, and not where it is installed.
    @Test func litterInFoldersDisturbsNothing() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let litter = [
                ".DS_Store", "._plugin.yaml", "Measures/.DS_Store", "Measures/._twice.lua", "modules/._factors.lua",
                "Thumbs.db", "Measures/twice.lua~",
            ]
            let clean = try hubs.archive(.init())
            let littered = try hubs.archive(
                .init(files: Dictionary(uniqueKeysWithValues: litter.map { ($0, "\u{0}\u{5}\u{16}\u{7}") })))
            #expect(clean == littered)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            for path in litter { try hubs.workspace.write("Plugins/climate/\(path)", "return os.exit()") }
            #expect(try hubs.plugin("verify").status == 0)
            let night = try hubs.workspace.night()
            #expect(night.status == 0, "\(night.output)")
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == true)
            try hubs.publish(.init(version: "1.1.0"))
            #expect(try hubs.plugin("update").status == 0)
            #expect(try hubs.plugin("remove", "hilltop/climate").status == 0)
        }
    }
}

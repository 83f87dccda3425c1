import Foundation
import PluginPackaging
import PlumblineTestSupport
import Statistics
import Testing

/// Packages in folders and archives.
struct PackageContentTests {
    @Test func archiveAndFolderGiveTheSamePackage() throws {
        try withTemporaryFolder { folder in
            try SamplePackage.write(SamplePackage.files, to: folder)
            let package = try PluginPackage(folder: folder)
            #expect(package.files.map(\.path) == SamplePackage.texts.keys.sorted())
            #expect(package.archiveName == "climate-1.2.0.tar.gz")
            #expect(package.archiveDigest == Digest.of(package.archive))
            #expect(package.digests["README.md"] == Digest.of(Array("# Climate\n".utf8)))
            #expect(try PluginPackage(archive: package.archive, called: "a.tar.gz") == package)
        }
    }

    @Test func packingWhatWasUnpackedGivesTheSameBytes() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<40 {
            var files = SamplePackage.files.filter { $0.path != "Measures/trust.lua" }
            for index in 0..<random.below(20) {
                let size = random.chance(10) ? 65_536 : random.below(3000)
                let bytes = (0..<size).map { _ in UInt8(1 + random.below(127)) }
                files.append(PackageFile(path: "Measures/\(random.below(3))/m\(index).lua", bytes: bytes))
            }
            let content = try PackageContent(files: random.shuffled(files))
            let again = try PackageContent(archive: content.archive, called: "x.tar.gz")
            #expect(again == content)
            #expect(again.archive == content.archive)
        }
    }

    @Test func timesModesOrderAndLitterDoNotMatter() throws {
        try withTemporaryFolder { folder in
            let first = folder.appending(path: "first")
            let second = folder.appending(path: "second")
            try SamplePackage.write(PackageSorted.ascending, to: first)
            try SamplePackage.write(PackageSorted.ascending.reversed(), to: second)
            let past = Date(timeIntervalSince1970: 1_000_000)
            for file in SamplePackage.files {
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755, .modificationDate: past],
                    ofItemAtPath: second.appending(path: file.path).path)
            }
            let litter = [
                ".git/config", "._plugin.yaml", ".DS_Store", "Measures/.hidden", "modules/Thumbs.db", "README.md~",
            ]
            try SamplePackage.write(litter.map { PackageFile(path: $0, bytes: [0xff]) }, to: second)
            try FileManager.default.createDirectory(
                at: second.appending(path: "Measures/empty"), withIntermediateDirectories: true)
            let packed = try PackageContent(folder: first)
            #expect(try PackageContent(folder: second).archive == packed.archive)
            let link = folder.appending(path: "link")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: second)
            #expect(try PackageContent(folder: link).archive == packed.archive)
        }
    }

    @Test func checksumsInAFolderMustBeRight() throws {
        try withTemporaryFolder { folder in
            try SamplePackage.write(SamplePackage.files, to: folder)
            let content = try PackageContent(folder: folder)
            let lines = content.files.map { "\($0.digest.dropFirst(7))  \($0.path)\n" }.joined()
            try SamplePackage.write([PackageFile(path: "SHA256SUMS", bytes: Array(lines.utf8))], to: folder)
            #expect(try PackageContent(folder: folder) == content)
            try SamplePackage.write([PackageFile(path: "README.md", bytes: [65])], to: folder)
            let error = #expect(throws: PluginError.self) { try PackageContent(folder: folder) }
            #expect(error?.description.contains("remove it") == true, "\(error?.description ?? "")")
        }
    }

    @Test(arguments: [
        ("notes.txt", "x", "a package has only"), ("src/a.lua", "x", "holds `src`, but a package has only"),
        ("Measures/a.txt", "x", "end in `.lua` only"), ("modules/Items.lua", "x", "a module is"),
        ("modules/sub/a.lua", "x", "a module is"), ("modules/a.txt", "x", "a module is"),
        ("Measures/ä.lua", "x", "letters A to Z"), ("Measures/a b.lua", "x", "letters A to Z"),
        ("Measures/\(String(repeating: "a", count: 90)).lua", "x", "longer than 100"),
        ("Measures/a.lua", String(repeating: "x", count: 65_537), "65,537 bytes: it may have 65,536"),
        ("README.md", String(repeating: "x", count: 262_145), "262,145 bytes: it may have 262,144"),
        ("README.md", "a\u{0}b", "NUL"),
    ])
    func filesThatBreakARuleAreNamed(_ path: String, _ text: String, _ reason: String) throws {
        try withTemporaryFolder { folder in
            try SamplePackage.write(SamplePackage.files(changed: [path: text]), to: folder)
            let error = #expect(throws: PluginError.self) { try PackageContent(folder: folder) }
            #expect(error?.code == .badPackage)
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        }
    }

    @Test(arguments: [
        (["README.md"], "no `README.md`"), (["plugin.yaml"], "no `plugin.yaml`"),
        (SamplePackage.texts.keys.filter { $0.hasSuffix(".lua") }, "neither a measure"),
    ])
    func whatMustBeThereIsAskedFor(_ paths: [String], _ reason: String) throws {
        try withTemporaryFolder { folder in
            try SamplePackage.write(SamplePackage.files.filter { !paths.contains($0.path) }, to: folder)
            let error = #expect(throws: PluginError.self) { try PackageContent(folder: folder) }
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        }
    }

    @Test func notTextIsRefused() throws {
        let error = #expect(throws: PluginError.self) {
            try PackageContent(files: SamplePackage.files + [PackageFile(path: "CHANGELOG.md", bytes: [0xc3, 0x28])])
        }
        #expect(error?.description.contains("no text in UTF-8") == true)
    }

    @Test func linksPipesAndDevicesAreRefused() throws {
        try withTemporaryFolder { folder in
            try SamplePackage.write(SamplePackage.files, to: folder)
            let place = folder.appending(path: "Measures/x.lua")
            let target = folder.appending(path: "README.md")
            for destination in [target, folder, folder.appending(path: "nowhere")] {
                try FileManager.default.createSymbolicLink(at: place, withDestinationURL: destination)
                let error = #expect(throws: PluginError.self) { try PackageContent(folder: folder) }
                #expect(error?.description.contains("`Measures/x.lua`, a link") == true, "\(error?.description ?? "")")
                try FileManager.default.removeItem(at: place)
            }
            #expect(try run(URL(filePath: "/usr/bin/env"), ["mkfifo", place.path]).status == 0)
            let error = #expect(throws: PluginError.self) { try PackageContent(folder: folder) }
            #expect(error?.description.contains("neither a file nor a folder") == true, "\(error?.description ?? "")")
        }
    }

    @Test func namesThatDifferOnlyInCaseAreRefused() throws {
        for (first, second) in [("Measures/a.lua", "Measures/A.lua"), ("Measures/a/x.lua", "Measures/A/y.lua")] {
            let error = #expect(throws: PluginError.self) {
                try PackageContent(
                    files: SamplePackage.files + [
                        PackageFile(path: first, bytes: []), PackageFile(path: second, bytes: []),
                    ])
            }
            #expect(error?.description.contains("only in upper and lower case") == true, "\(error?.description ?? "")")
        }
    }

    @Test func tooMuchIsRefused() throws {
        let many = (0..<512).map { PackageFile(path: "Measures/m\($0).lua", bytes: []) }
        let large = (0..<64).map {
            PackageFile(path: "Measures/m\($0).lua", bytes: Array(repeating: 65, count: 65_536))
        }
        for (files, reason) in [(many, "more than 512 files"), (large, "together may have 4,194,304")] {
            let error = #expect(throws: PluginError.self) { try PackageContent(files: SamplePackage.files + files) }
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
            try withTemporaryFolder { folder in
                try SamplePackage.write(SamplePackage.files + files, to: folder)
                let error = #expect(throws: PluginError.self) { try PackageContent(folder: folder) }
                #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
            }
        }
    }

    @Test func largestPackageFitsIntoAnArchive() throws {
        let rest = SamplePackage.files.reduce(0) { $0 + $1.bytes.count }
        var left = (4 << 20) - rest
        var files = SamplePackage.files
        let stem = "Measures/" + String(repeating: "a", count: 80)
        while files.count < 512, left > 0 {
            let size = min(left, 8_400)
            files.append(PackageFile(path: "\(stem)\(files.count).lua", bytes: Array(repeating: 65, count: size)))
            left -= size
        }
        #expect(left == 0)
        let content = try PackageContent(files: files)
        #expect(content.archive.count <= PackageContent.maximumArchiveSize)
        #expect(try PackageContent(archive: content.archive, called: "x.tar.gz") == content)
    }

    @Test func namesThatAreNoTextAreNotFollowed() throws {
        try withTemporaryFolder { folder in
            try SamplePackage.write(SamplePackage.files, to: folder)
            let script = "touch \"$(printf '\\377.lua')\""
            let made = try run(
                URL(filePath: "/bin/sh"), ["-c", script], in: folder.appending(path: "Measures"),
                environment: ["LC_ALL": "C"])
            #expect(made.status == 0, "\(made.errors)")
            #expect(throws: PluginError.self) { try PackageContent(folder: folder) }
        }
    }

    @Test func aFolderThatIsNotThereIsTroubleOfTheFileSystem() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: PluginError.self) { try PackageContent(folder: folder.appending(path: "none")) }
            #expect(error?.code == .notReadable)
        }
    }
}

private enum PackageSorted {
    static let ascending = SamplePackage.files.sorted { $0.path < $1.path }
}

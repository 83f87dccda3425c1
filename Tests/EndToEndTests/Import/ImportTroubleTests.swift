import Foundation
import PlumblineTestSupport
import Testing

/// Imports that the system stops: a full disk, a file that is too large, a killed process. What was there before stays.
struct ImportTroubleTests {
    private static let header = "respondent,network,trust,note,submitted\n"
    private static let before = header + "a,east,4,x,2025-10-01\nb,west,5,y,2025-10-02\n"
    /// So many rows that their load does not fit where there is little room; some cannot be read.
    private static let large =
        header
        + (0..<20_000).map { "p\($0),\($0 % 2 == 0 ? "east" : "west"),\($0 % 5),note \($0),2025-10-01\n" }.joined()
        + "c,north,1,x,2025-10-01\n"

    /// Nothing of an import that failed is there: not in the datasets, not as a draft, and the next one works.
    private func expectUntouched(_ workspace: ImportFolder, _ state: String) throws {
        #expect(try workspace.plumb("data").output == state)
        let files = try FileManager.default.subpathsOfDirectory(atPath: workspace.folder.path)
        #expect(!files.contains { $0.contains("draft") }, "\(files)")
        #expect(try workspace.values("g.trust:sum()") == ["": 9])
    }

    /// Imports with a limit on how large a file may become. When the signal of the limit is ignored, writing fails;
    /// otherwise it ends the process.
    private func load(_ workspace: ImportFolder, blocks: Int, isSignalIgnored: Bool) throws -> Finished {
        let signal = isSignalIgnored ? "--ignore-signal=XFSZ" : "--default-signal=XFSZ"
        let script = "ulimit -f \(blocks); exec env \(signal) \"$0\" \"$@\""
        return try run(
            URL(filePath: "/bin/bash"),
            ["-c", script, BuiltProgram.plumb.path, "import", "survey", "large.csv", "--max-rejects", "1", "--json"],
            in: workspace.folder)
    }

    @Test func filesThatMayNotGrow() throws {
        try ImportFolder.with { workspace in
            try workspace.load(Self.before, as: "before")
            try workspace.write("large.csv", Self.large)
            let state = try workspace.plumb("data").output
            for blocks in [1, 8, 32, 64, 128, 200] {
                let finished = try load(workspace, blocks: blocks, isSignalIgnored: true)
                #expect(finished.status == 5, "\(blocks): \(finished.errors)")
                #expect(["not_writable", "store_failure"].contains(finished.errorCode), "\(finished.output)")
                #expect(finished.errorMessage?.hasSuffix(".") == true)
                try expectUntouched(workspace, state)
            }
            let unlimited = try workspace.plumb("import", "survey", "large.csv", "--max-rejects", "1")
            #expect(unlimited.status == 0, "\(unlimited.errors)")
            #expect(try workspace.values("g.respondent:count()") == ["": 20_002])
        }
    }

    /// The process ends while it writes the load: the dataset is as it was, and the same import works afterwards.
    @Test func aProcessThatIsKilledWhileItWrites() throws {
        try ImportFolder.with { workspace in
            try workspace.load(Self.before, as: "before")
            try workspace.write("large.csv", Self.large)
            let state = try workspace.plumb("data").output
            for blocks in [1, 64, 128] {
                let finished = try load(workspace, blocks: blocks, isSignalIgnored: false)
                #expect(finished.status == 128 + SIGXFSZ, "\(blocks)")
                #expect(try workspace.plumb("data").output == state)
                #expect(try workspace.values("g.trust:sum()") == ["": 9])
            }
            #expect(try workspace.plumb("import", "survey", "large.csv", "--max-rejects", "1").status == 0)
            #expect(try workspace.values("g.respondent:count()") == ["": 20_002])
        }
    }

    /// A process that is killed while it still waits for its file.
    @Test func aProcessThatIsKilledWhileItReads() throws {
        try ImportFolder.with { workspace in
            try workspace.load(Self.before, as: "before")
            let state = try workspace.plumb("data").output
            let pipe = workspace.folder.appending(path: "pipe.csv").path
            #expect(try run(URL(filePath: "/usr/bin/mkfifo"), [pipe]).status == 0)
            let importing = try BuiltProgram.start("import", "survey", "pipe.csv", in: workspace.folder)
            // Opening waits until the other end is open, too.
            let writer = try FileHandle(forWritingTo: URL(filePath: pipe))
            try writer.write(contentsOf: Data((Self.before + "c,east").utf8))
            kill(importing.processIdentifier, SIGKILL)
            importing.waitUntilExit()
            try writer.close()
            try expectUntouched(workspace, state)
        }
    }

    /// A pipe is read to its end, in whatever pieces it comes; one that breaks off in a quote is refused.
    @Test func pipes() throws {
        try ImportFolder.with { workspace in
            let pipe = workspace.folder.appending(path: "pipe.csv").path
            #expect(try run(URL(filePath: "/usr/bin/mkfifo"), [pipe]).status == 0)
            for (more, status) in [("", Int32(0)), ("c,east,\"4", 3)] {
                let importing = try BuiltProgram.start("import", "survey", "pipe.csv", in: workspace.folder)
                let writer = try FileHandle(forWritingTo: URL(filePath: pipe))
                for piece in [Self.header, "a,ea", "st,4,\"tw", "o\nlines\",2025-10-01\nb,west,5,y,2025-10-02\n", more]
                {
                    try writer.write(contentsOf: Data(piece.utf8))
                }
                try writer.close()
                importing.waitUntilExit()
                #expect(importing.terminationStatus == status)
                #expect(try workspace.values("g.trust:sum()") == ["": 9])
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a small file system"))
    func aDiskThatFills() throws {
        try SmallDisk.with(kilobytes: 2_048) { disk in
            let workspace = ImportFolder(folder: disk)
            try ImportFolder.with { model in
                let configuration = try String(
                    contentsOf: model.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
                try workspace.write("plumbline.yaml", configuration)
            }
            try workspace.load(Self.before, as: "before")
            let state = try workspace.plumb("data").output
            try withTemporaryFolder { elsewhere in
                let large = elsewhere.appending(path: "large.csv")
                try Data(Self.large.utf8).write(to: large)
                var statuses: [Int32] = []
                for room in [0, 4, 64, 256, 512, 768, 1_024] {
                    try SmallDisk.fill(disk, leaving: room)
                    let finished = try workspace.plumb("import", "survey", large.path, "--max-rejects", "1")
                    statuses.append(finished.status)
                    if finished.status == 0 { break }
                    #expect(finished.status == 5, "\(room): \(finished.errors)")
                    let message = finished.errorMessage ?? ""
                    #expect(
                        message.contains("no space left on device") || message.contains("is the disk full?"),
                        "\(message)")
                    try SmallDisk.empty(disk)
                    try expectUntouched(workspace, state)
                }
                #expect(statuses.filter { $0 == 5 }.count >= 4, "\(statuses)")
                try SmallDisk.empty(disk)
                #expect(try workspace.plumb("import", "survey", large.path, "--max-rejects", "1").status == 0)
                #expect(try workspace.values("g.respondent:count()") == ["": 20_002])
            }
        }
    }
}

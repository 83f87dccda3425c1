import Foundation
import PlumblineTestSupport
import Testing

/// Registries on web servers that do not do what a registry does.
struct HostileServerTests {
    private func withServer(_ body: (TwoHubs, OddServer) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            let server = try OddServer(hubs.registry)
            defer { server.stop() }
            try body(hubs, server)
        }
    }

    private func add(_ hubs: TwoHubs, from place: String, patience: String = "20") throws -> Finished {
        try hubs.plugin("add", "hilltop/climate", "--from", place, "--timeout", patience)
    }

    private static let misbehaviours: [(behaviour: String, says: String)] = [
        ("silent", "did not finish within 1 s"), ("drip", "did not finish within 1 s"),
        ("garbage", "does not answer"), ("empty", "does not answer"), ("headers", "does not answer"),
        ("html", "Line 1 of the index"), ("error", "answers with the status 500"),
        ("local", "The registry's http://"), ("folder", "The registry's http://"),
        ("localhost", "leads to `file://localhost/"),
        ("circle", "leads from one address to the next without end"),
        ("chain", "leads from one address to the next without end"),
        ("endless", "has more than 4194304 bytes"), ("burst", "has more than 4194304 bytes"),
        ("short", "the download was cut off"), ("nowhere", "does not answer"),
    ]

    @Test func aRegistryThatMisbehavesIsSaid() throws {
        try withServer { hubs, server in
            for (behaviour, says) in Self.misbehaviours {
                // Only those that never end are not waited for.
                let patience = says.contains("1 s") ? "1" : "20"
                try hubs.expectRefusal(saying: says) {
                    try add(hubs, from: server.registry(behaviour), patience: patience)
                }
            }
            #expect(try add(hubs, from: server.registry("away")).status == 0)
        }
    }

    @Test func nobodyAnswers() throws {
        try withServer { hubs, server in
            try hubs.expectRefusal(code: "unreachable", saying: "does not answer", "--offline") {
                server.stop()
                return try add(hubs, from: server.registry("good"))
            }
            try hubs.expectRefusal(code: "unreachable", saying: "the folder is not there") {
                try add(hubs, from: "nowhere")
            }
            try hubs.expectRefusal(code: "unreachable", saying: "the folder is not there") {
                try add(hubs, from: "plumbline.yaml")
            }
            try hubs.expectRefusal(code: "unknown_plugin", saying: "has no plugin") { try add(hubs, from: ".") }
            try hubs.expectRefusal(code: "unreachable", saying: "does not answer") {
                try add(hubs, from: "http://nobody.invalid/registry")
            }
        }
    }

    /// What was cut off is not kept: the next try has it whole.
    @Test func theNextTryAfterACutWorks() throws {
        try withServer { hubs, server in
            let place = server.registry("cut")
            try hubs.expectRefusal(code: "unreachable", saying: "does not answer", "try again") {
                try add(hubs, from: place)
            }
            let added = try add(hubs, from: place)
            #expect(added.status == 0, "\(added.errors)")
            #expect(try hubs.plugin("verify").status == 0)
        }
    }

    private static let openSSL = ["/usr/bin/openssl", "/bin/openssl"].first(where: FileManager.default.isExecutableFile)

    /// Whoever stands in between has no certificate that counts.
    @Test(.enabled(if: openSSL != nil, "needs openssl")) func aCertificateOfOnesOwnIsRefused() throws {
        try withServer { hubs, _ in
            let made = try run(
                URL(filePath: try #require(Self.openSSL)),
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
                    "own.pem", "-out", "own.pem", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-days", "2",
                ], in: hubs.folder)
            #expect(made.status == 0, "\(made.errors)")
            let server = try OddServer(hubs.registry, certificate: hubs.folder.appending(path: "own.pem"))
            defer { server.stop() }
            try hubs.expectRefusal(code: "unreachable", saying: "does not answer", "certificate") {
                try add(hubs, from: server.registry("good"))
            }
        }
    }

    /// A silent registry is asked once, not once for each plugin.
    @Test func aSilentRegistryIsAskedOnce() throws {
        try withServer { hubs, server in
            for name in ["hilltop/one", "hilltop/two", "hilltop/three"] { try hubs.publish(.init(name: name)) }
            for name in ["hilltop/climate", "hilltop/one", "hilltop/two", "hilltop/three"] {
                #expect(try hubs.plugin("add", name, "--from", server.registry("once")).status == 0)
            }
            try server.tell("fall silent")
            try hubs.expectRefusal(code: "unreachable", saying: "did not finish within 1 s") {
                try hubs.plugin("update", "--timeout", "1")
            }
            let asked = try String(contentsOfFile: hubs.registry.path + ".asked", encoding: .utf8)
            #expect(asked.split(separator: "\n").count == 1, "\(asked)")
        }
    }
}

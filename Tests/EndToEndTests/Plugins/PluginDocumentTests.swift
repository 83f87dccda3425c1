import Foundation
import PlumblineTestSupport
import Testing

/// `Documentation/plugins.md`, replayed: one hub publishes, another adds, reviews, approves and runs offline, with a real web
/// server between them.
struct PluginDocumentTests {
    @Test func hubsShareAPluginByFollowingTheDocumentAlone() throws {
        let document = try ReplayedDocument("Documentation/plugins.md")
        #expect(document.steps.count >= 25)
        var server: StaticServer?
        defer { server?.stop() }
        try document.replay { command, folder in
            if command.hasPrefix("python3 -m http.server") {
                server = try StaticServer(folder.appending(path: "registry"))
                return nil
            }
            // Nothing but these asks the network; no server, no answer.
            let needsNetwork = ["plugin add", "plugin update", "--outdated"].contains { command.contains($0) }
            if needsNetwork { server?.resume() } else { server?.suspend() }
            return command.replacing("http://localhost:8000", with: server?.address ?? "")
        }
        #expect(server != nil)
    }
}

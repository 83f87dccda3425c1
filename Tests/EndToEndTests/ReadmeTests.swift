import Foundation
import PlumblineTestSupport
import Testing

/// Documents that show what the program prints, replayed.
struct ReadmeTests {
    @Test func theReadmeShowsWhatTheProgramPrints() throws {
        let readme = try ReplayedDocument("README.md")
        #expect(readme.steps.count >= 12)
        try readme.replay()
    }
}

/// `Documentation/data.md`: other tools open the loads as it says.
struct DataDocumentTests {
    private static let rPackages =
        "for (name in c('arrow', 'jsonlite')) stopifnot(requireNamespace(name, quietly = TRUE))"

    private static let hasR: Bool = {
        let probe = try? run(URL(filePath: "/bin/sh"), ["-c", "Rscript -e \"$1\"", "sh", rPackages])
        return probe?.status == 0
    }()

    private func replay(skipping skipped: Set<String>) throws {
        let document = try ReplayedDocument("Documentation/data.md")
        #expect(document.steps.count >= 15)
        try document.replay(skipping: skipped, path: [Python.interpreter.deletingLastPathComponent().path])
    }

    @Test(.enabled(if: Python.isAvailable, "skipped: no Python environment here; `make setup-test` makes it"))
    func thePythonToolsReadLoadsAsItSays() throws {
        try replay(skipping: ["Rscript"])
    }

    @Test(.enabled(if: hasR, "skipped: R with the packages arrow and jsonlite is not installed"))
    func rReadsLoadsAsItSays() throws {
        try replay(skipping: ["python"])
    }
}

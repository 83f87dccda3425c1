import Foundation
import PluginPackaging

/// A small package that keeps every rule.
enum SamplePackage {
    static let manifest = """
        name: riverbend/climate
        version: 1.2.0
        title: Working climate
        plumb: ">=0.1.0"
        needs: { plumbline/hub: "^1.0" }
        reads:
          survey: { columns: [safety_2, safety_1] }
          pdsa: { columns: all, rows: true }
        license: Apache-2.0
        authors: ["Riverbend hub"]
        changelog: { 1.2.0: "Asks for half of the items.", 1.10.0: "Later." }
        """

    static let texts: [String: String] = [
        "plugin.yaml": manifest, "README.md": "# Climate\n", "LICENSE": "Apache-2.0\n",
        "Measures/team/safety.lua": "return measure {}\n", "Measures/trust.lua": "return measure { id = \"trust\" }\n",
        "modules/items.lua": "return {}\n", "modules/empty.lua": "",
    ]

    static var files: [PackageFile] { texts.map { PackageFile(path: $0.key, bytes: Array($0.value.utf8)) } }

    /// The sample with other texts at some paths.
    static func files(changed: [String: String]) -> [PackageFile] {
        texts.merging(changed) { $1 }.map { PackageFile(path: $0.key, bytes: Array($0.value.utf8)) }
    }

    static func write(_ files: some Sequence<PackageFile>, to folder: URL) throws {
        for file in files {
            let url = folder.appending(path: file.path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: url)
        }
    }
}

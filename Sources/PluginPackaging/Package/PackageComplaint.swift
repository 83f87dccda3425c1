/// Says what is wrong with a package, and which one.
struct PackageComplaint {
    private let code: PluginError.Code
    private let subject: String
    private let file: String?
    private let advice: String

    /// About a folder.
    static func folder(_ name: String) -> PackageComplaint {
        PackageComplaint(code: .badPackage, subject: "The package \(Shown.quoted(name))", file: nil, advice: "")
    }

    /// About an archive.
    static func archive(_ name: String) -> PackageComplaint {
        PackageComplaint(
            code: .badArchive, subject: "The archive \(Shown.quoted(name))", file: name,
            advice: " Take only archives that `plumb plugin pack` made.")
    }

    /// About files that were put together by hand.
    static let files = PackageComplaint(code: .badPackage, subject: "The package", file: nil, advice: "")

    /// `clause` goes on from the package's name, without a full stop.
    func callAsFunction(_ clause: String) -> PluginError {
        PluginError(code, "\(subject) \(clause).\(advice)", file: file)
    }

    /// The same about one file in it.
    func callAsFunction(_ path: String, _ clause: String) -> PluginError {
        self("holds \(Shown.quoted(path)), \(clause)")
    }
}

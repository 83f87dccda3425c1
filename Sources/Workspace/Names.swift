import Spelling

extension Workspace {
    /// "; did you mean ...?" behind a message about an unknown name, or nothing.
    public static func suggestion(_ name: String, _ known: some Sequence<String>) -> String {
        DidYouMean.nearest(to: name, among: known).map { "; did you mean `\($0)`?" } ?? ""
    }
}

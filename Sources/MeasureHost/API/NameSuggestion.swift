import Spelling

/// "; did you mean ...?" behind a message about an unknown name, or nothing.
enum NameSuggestion {
    static func near(_ name: String, among names: [String]) -> String {
        DidYouMean.nearest(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
    }
}

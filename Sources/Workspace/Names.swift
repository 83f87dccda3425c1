import Spelling

extension Workspace {
    /// The end of a sentence about an unknown name: a full stop, or a question after what may be meant.
    public static func endProposing(_ name: String, _ known: some Sequence<String>) -> String {
        let question = suggestion(name, known)
        return question.isEmpty ? "." : question
    }

    /// "; did you mean ...?" behind a message about an unknown name, or nothing.
    public static func suggestion(_ name: String, _ known: some Sequence<String>) -> String {
        DidYouMean.nearest(to: name, among: known).map { "; did you mean `\($0)`?" } ?? ""
    }
}

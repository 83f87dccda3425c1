/// Names of columns that the host makes or gives a meaning to.
public enum HostColumns {
    /// The first day of the period a row belongs to, where the data name periods instead of days.
    public static let period = "plumbline.period"

    /// The suffix of the companion column that says why values of a column are missing.
    public static let missingSuffix = ".missing"

    /// Names that a group answers itself: a column called so is reached with `g:column("name")` only.
    public static let groupMembers: Set<String> = [
        "n", "keys", "period", "as_of", "with", "column", "where", "each", "rows", "scale", "join", "previous",
    ]
}

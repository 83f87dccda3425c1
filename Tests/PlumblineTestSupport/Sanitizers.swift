/// What a build with sanitizers (`make sanitize`) cannot show.
public enum Sanitizers {
    #if SANITIZED
    /// Whether this is such a build.
    public static let areOn = true
    #else
    /// Whether this is such a build.
    public static let areOn = false
    #endif

    /// System calls that the filter leaves to sanitizers and to nobody else, as `hostile-worker` names them.
    public static let calls: Set<String> = [
        "sched_yield", "nanosleep", "mmap, a file", "mmap, shared", "madvise, poison",
    ]
}

import Workspace

extension Store {
    /// Adds one load; gives the snapshot afterwards, and whether the load is new in it.
    func put(_ load: LoadRecord) throws -> (snapshot: Snapshot, isNew: Bool) {
        let added = try add([load])
        return (try snapshot(of: load.dataset), added.contains(load.id))
    }
}

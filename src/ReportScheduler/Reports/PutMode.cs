namespace ReportScheduler;

/// <summary>What a write of a named thing expects to find.</summary>
internal enum PutMode
{
    /// <summary>Nothing of that name; else the error NameTaken.</summary>
    Add,

    /// <summary>Anything: what has the name, or the id, is replaced.</summary>
    Replace,

    /// <summary>The thing itself, perhaps under another name; else the error NotFound.</summary>
    Update,
}

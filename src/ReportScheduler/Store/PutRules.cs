namespace ReportScheduler.Store;

/// <summary>What a store may hold of a thing that is put into it.</summary>
internal static class PutRules
{
    /// <exception cref="ReportException">NameTaken, or NotFound.</exception>
    public static void Check(PutMode mode, bool isThere, string noun, string name)
    {
        if (mode == PutMode.Add && isThere)
        {
            throw StoreErrors.NameTaken(noun, name);
        }

        if (mode == PutMode.Update && !isThere)
        {
            throw StoreErrors.NotFound(noun, name, []);
        }
    }
}

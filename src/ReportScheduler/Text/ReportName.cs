namespace ReportScheduler.Text;

/// <summary>What a task, connection or mail server may be called: anything that a
/// command line can say without being taken for a pattern.</summary>
internal static class ReportName
{
    public const int Longest = 120;

    /// <exception cref="ReportException">The name cannot be used; the words say why.</exception>
    public static void Check(string name)
    {
        var reason =
            string.IsNullOrWhiteSpace(name) ? "it is empty"
            : name.Length > Longest ? $"it has {name.Length} characters"
            : name.Any(char.IsControl) ? "it has control characters"
            : name.IndexOfAny(['*', '?', '[', ']', '`']) is var place and >= 0 ? $"'{name[place]}' is for wildcards"
            : name != name.Trim() ? "it begins or ends with a space"
            : null;
        if (reason is not null)
        {
            throw TextErrors.NameNotUsable(name, reason, Longest);
        }
    }
}

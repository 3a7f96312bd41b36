namespace ReportScheduler.Text;

internal static class TextErrors
{
    public static ReportException NameNotUsable(string name, string reason, int longest) =>
        new(nameof(NameNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' cannot be a name: {reason}. Give 1 to {longest} characters without *, ?, [, ], ` and control characters.");
}

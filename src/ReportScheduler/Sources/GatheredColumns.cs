using ReportScheduler.Rows;
using ReportScheduler.Text;

namespace ReportScheduler.Sources;

/// <summary>The columns of rows of several servers: the server first, then all that any of them has, by name.</summary>
internal static class GatheredColumns
{
    /// <summary>The columns behind the one that says where a row is from. One that is called like that gets a number.</summary>
    public static IReadOnlyList<SourceColumn> WithConnection(IReadOnlyList<SourceColumn> columns)
    {
        var names = ColumnNames.Unique([ServerColumn.Name, .. columns.Select(column => column.Name)]);
        return
        [
            new SourceColumn(0, ServerColumn.Name, ServerColumn.Name, ColumnKind.Text)
            {
                Title = static words => words["errorsConnection"],
            },
            .. columns.Select((column, i) => new SourceColumn(i + 1, names[i + 1], names[i + 1], column.Kind)),
        ];
    }

    /// <param name="parts">The rows of each server.</param>
    /// <param name="warn">Gets what differs; null to drop it.</param>
    public static IReadOnlyList<SourceColumn> Of(IReadOnlyList<GatheredPart> parts, Action<string>? warn)
    {
        var columns = new List<SourceColumn>();
        foreach (var name in parts.SelectMany(part => part.Columns).Select(column => column.Name)
            .Distinct(StringComparer.OrdinalIgnoreCase))
        {
            columns.Add(new SourceColumn(columns.Count, name, name, Kind(name, parts, warn)));
            if (parts.Where(part => Find(part, name) is null).Select(part => part.Name).ToList() is { Count: > 0 } without)
            {
                warn?.Invoke($"{Servers(without)} no column '{name}', which is empty there.");
            }
        }

        return WithConnection(columns);
    }

    /// <summary>The place of a column among those of one server; null when it has none.</summary>
    public static int? Find(GatheredPart part, string name) =>
        part.Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Index;

    private static ColumnKind Kind(string name, IReadOnlyList<GatheredPart> parts, Action<string>? warn)
    {
        var having = parts.Select(part => (part.Name, Index: Find(part, name), Part: part)).Where(each => each.Index is not null).ToList();
        var telling = having.Where(each => each.Part.HasValues[each.Index!.Value]).ToList();
        var kinds = (telling.Count > 0 ? telling : having[..1]).Select(each => (each.Name, each.Part.Columns[each.Index!.Value].Kind))
            .ToList();
        var kind = kinds[0].Kind;
        foreach (var (server, other) in kinds)
        {
            if (ColumnKinds.Widest(kind, other) is not { } widest)
            {
                warn?.Invoke($"The column '{name}' is {Word(kind)} on '{kinds[0].Name}' and {Word(other)} on '{server}', so it is a "
                    + "column of text.");
                return ColumnKind.Text;
            }

            kind = widest;
        }

        return kind;
    }

    private static string Word(ColumnKind kind) => kind.ToString().ToLowerInvariant();

    private static string Servers(List<string> names)
    {
        string[] others = names.Count > 5 ? [$"{names.Count - 5} more"] : [];
        return names.Count == 1
            ? $"'{names[0]}' has"
            : $"{EnglishText.List([.. names.Take(5).Select(name => $"'{name}'"), .. others], "and")} have";
    }
}

namespace ReportScheduler.Rows;

/// <summary>The columns of objects, which the first of them decide.</summary>
internal static class ObjectColumns
{
    /// <summary>The column of what has no properties, such as text and numbers.</summary>
    public const string Value = "Value";

    /// <summary>So many objects decide. A property that only later ones have is told of and left out.</summary>
    public const int Deciding = 1000;

    /// <summary>The properties of all of them, in the order in which they come; a
    /// property that none of them lets be read is none.</summary>
    /// <param name="rows">The first objects.</param>
    /// <param name="expected">The names that are known without any object.</param>
    public static IReadOnlyList<SourceColumn> Of(IReadOnlyList<ObjectRow> rows, IEnumerable<string> expected)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var kinds = new List<(string Name, ColumnKind? Kind, bool IsMixed, bool IsReadable)>();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Values.Length; i++)
            {
                var name = row.Shape.Names[i];
                if (!places.TryGetValue(name, out var place))
                {
                    places[name] = place = kinds.Count;
                    kinds.Add((name, null, false, false));
                }

                kinds[place] = With(kinds[place], row.Values[i]);
            }
        }

        string[] found = [.. kinds.Where(column => column.IsReadable).Select(column => column.Name)];
        if (found.Length == 0)
        {
            found = [.. expected.DefaultIfEmpty(Value)];
            return [.. found.Select((name, i) => new SourceColumn(i, name, name, ColumnKind.Text))];
        }

        return [.. kinds.Where(column => column.IsReadable).Select((column, i) =>
            new SourceColumn(i, column.Name, column.Name, column.IsMixed ? ColumnKind.Text : column.Kind ?? ColumnKind.Text))];
    }

    private static (string Name, ColumnKind? Kind, bool IsMixed, bool IsReadable) With(
        (string Name, ColumnKind? Kind, bool IsMixed, bool IsReadable) column, object? value)
    {
        if (value is null || ReferenceEquals(value, ObjectRow.Unreadable))
        {
            return column with { IsReadable = column.IsReadable || value is null };
        }

        var kind = ColumnKinds.Of(value);
        var widest = column.Kind is { } known ? ColumnKinds.Widest(known, kind) : kind;
        return (column.Name, widest ?? ColumnKind.Text, column.IsMixed || widest is null, true);
    }
}

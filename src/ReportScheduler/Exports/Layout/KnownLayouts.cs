using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Layout;

/// <summary>How the columns of each dataset were laid out last: every writer asks for it, and so does each part of a split
/// report.</summary>
internal sealed class KnownLayouts
{
    private readonly Dictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <param name="dataset">The dataset's name.</param>
    /// <param name="definition">What is asked for.</param>
    /// <param name="culture">The culture's name; null for the invariant one.</param>
    /// <param name="columns">The columns that there are.</param>
    /// <param name="make">Lays them out.</param>
    public IReadOnlyList<LaidOutColumn> Of(string dataset, ReportDataset definition, string? culture, IReadOnlyList<SourceColumn> columns,
        Func<IReadOnlyList<LaidOutColumn>> make)
    {
        lock (known)
        {
            if (known.TryGetValue(dataset, out var last) && last.IsOf(definition, culture, columns))
            {
                return last.Layout;
            }

            // the kinds of columns may still change in the list that was given
            last = new Known(definition, culture, [.. columns], make());
            known[dataset] = last;
            return last.Layout;
        }
    }

    private sealed record Known(ReportDataset Definition, string? Culture, SourceColumn[] Columns, IReadOnlyList<LaidOutColumn> Layout)
    {
        public bool IsOf(ReportDataset definition, string? culture, IReadOnlyList<SourceColumn> columns)
        {
            if (!ReferenceEquals(Definition, definition) || Culture != culture || Columns.Length != columns.Count)
            {
                return false;
            }

            for (var place = 0; place < Columns.Length; place++)
            {
                if (!ReferenceEquals(Columns[place], columns[place]))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

using ReportScheduler.Rows;

namespace ReportScheduler.Changes;

/// <summary>The shown columns that say which row a changed cell is of, where the key or a part of it is hidden.</summary>
/// <remarks>Those without changes are taken where there are some, and texts before numbers. Which have none, the last row tells.</remarks>
internal sealed class NamingColumns
{
    private const int Most = 2;
    private const int MostCandidates = 8;

    private readonly HashSet<int> others = [];

    /// <param name="columns">The columns of the dataset.</param>
    /// <param name="keys">Which of them are the key.</param>
    /// <param name="isHidden">Which of them nobody is to see.</param>
    public NamingColumns(IReadOnlyList<SourceColumn> columns, IReadOnlyList<int> keys, bool[] isHidden) =>
        Candidates = !keys.Any(key => isHidden[key])
            ? []
            : [.. Enumerable.Range(0, columns.Count)
                .Where(place => !isHidden[place] && !keys.Contains(place) && !columns[place].IsWorkedOut
                    && Rank(columns[place].Kind) is not null)
                .OrderBy(place => Rank(columns[place].Kind)).Take(MostCandidates)];

    /// <summary>The columns to choose from.</summary>
    public IReadOnlyList<int> Candidates { get; }

    /// <summary>A column has changes.</summary>
    public void Leave(int column) => others.Add(column);

    /// <summary>Their places among the candidates, in the order of the dataset.</summary>
    public IEnumerable<int> Chosen()
    {
        List<int> all = [.. Enumerable.Range(0, Candidates.Count)];
        var steady = all.FindAll(place => !others.Contains(Candidates[place]));
        return (steady.Count > 0 ? steady : all).Take(Most).OrderBy(place => Candidates[place]);
    }

    // null for what names nothing
    private static int? Rank(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => 0,
        ColumnKind.Binary or ColumnKind.Json or ColumnKind.Boolean => null,
        _ => 1,
    };
}

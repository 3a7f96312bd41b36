using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Shaping;

/// <summary>The rows of a dataset as a matrix, with a column of totals and what stands below each column.</summary>
/// <remarks>
/// The lines stand in the order in which their values come first, columns of numbers and dates by size, of texts in the order in which they
/// come. Memory follows the cells of the matrix, not the rows. Where nothing meets, the cell is NULL.
/// </remarks>
internal sealed class PivotRows : IRowReader
{
    /// <summary>The most columns that values become.</summary>
    public const int MostColumns = 200;

    /// <summary>The most cells of the matrix.</summary>
    public const int MostCells = 250_000;

    private const ColumnTotal Added = ColumnTotal.Sum | ColumnTotal.Count;

    private readonly ReportPivot pivot;
    private readonly string dataset;
    private readonly CultureInfo culture;
    private readonly ReportWords words;
    private readonly SourceColumn[] keys;
    private readonly SourceColumn across;
    private readonly SourceColumn value;
    private readonly ReportDataset definition;
    private readonly Dictionary<string, Line> lines = new(StringComparer.Ordinal);
    private readonly List<Line> inOrder = [];
    private readonly Dictionary<ulong, int> numbers = [];
    private readonly List<Cell> heads = [];
    private readonly List<ColumnAggregate> below = [];
    private readonly ColumnAggregate whole;

    // of the lines, and of the columns at the end
    private readonly bool[] hasWords;
    private int[] order = [];
    private long cells;
    private int taken;
    private SeenDigits? digits;

    private PivotRows(ReportPivot pivot, string dataset, ReportDataset definition, CultureInfo culture, SourceColumn[] keys,
        SourceColumn across, SourceColumn value)
    {
        (this.pivot, this.dataset, this.definition, this.culture, this.keys, this.across,
            this.value) = (pivot, dataset, definition, culture, keys, across, value);
        (words, whole) = (ReportWords.Of(culture), Aggregate());
        hasWords = [.. keys.Append(across).Select(column =>
            TruthKey.HasWords(NamedFormat.Resolve(definition.Column(column.Name)?.Format, culture)))];
    }

    /// <summary>What stands below the columns and at the end of the lines. Sums of sums, and of counts, are those of all rows; of
    /// others only the rows know.</summary>
    private ColumnTotal Below => (pivot.Function & Added) != ColumnTotal.None ? ColumnTotal.Sum : pivot.Function;

    public IReadOnlyList<SourceColumn> Columns { get; private set; } = [];

    /// <summary>Reads all rows and makes the matrix.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="definition">What it says of its columns.</param>
    /// <param name="find">Finds a column that an option names.</param>
    /// <param name="culture">In which the heads of the columns are written.</param>
    /// <param name="see">Is shown the rows.</param>
    /// <param name="source">Takes the rows too; null where they are not shown.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static PivotRows Of(IRowReader rows, string dataset, ReportDataset definition, Func<string, SourceColumn> find,
        CultureInfo culture, Action<RowBatch> see, ISourceRows? source, CancellationToken cancellation)
    {
        var pivot = definition.Pivot!;
        var across = find(pivot.Columns);
        var made = new PivotRows(pivot, dataset, definition, culture, [.. pivot.Rows.Select(find)], across,
            pivot.Value is null ? across : find(pivot.Value));
        using var own = new BatchPool(rows.Columns.Count);
        var given = source?.Begin(rows.Columns);
        var pool = rows.Pool ?? given ?? own;
        while (rows.Next(pool, cancellation) is { } batch)
        {
            see(batch);
            for (var row = 0; row < batch.Count; row++)
            {
                made.Add(batch[row]);
            }

            if (source is null)
            {
                pool.Return(batch);
            }
            else
            {
                source.Take(batch, pool);
            }
        }

        source?.End();
        if (pivot.Function is ColumnTotal.Sum or ColumnTotal.Average && made.whole.Shown(pivot.Function).Kind == CellKind.Null
            && made.whole.Of(ColumnTotal.Count).Int64 > 0)
        {
            throw ShapingErrors.PivotNothingToAdd(dataset, made.value.Name, pivot.Function, AddedColumns.Cast(definition));
        }

        made.digits = made.Digits();
        made.NameBlankLines();
        made.Name();
        return made;
    }

    public void LookAhead(BatchPool pool, CancellationToken cancellation)
    {
        // all rows have been read
    }

    public RowBatch? Next(BatchPool pool, CancellationToken cancellation)
    {
        if (taken == inOrder.Count)
        {
            return null;
        }

        var batch = pool.Take(cancellation);
        batch.Count = 0;
        while (batch.Count < batch.Capacity && taken < inOrder.Count)
        {
            Fill(inOrder[taken++], batch.Fill(batch.Count++));
        }

        return batch;
    }

    private ColumnAggregate Aggregate() => new(value, pivot.Function);

    private void Add(ReadOnlySpan<Cell> row)
    {
        var line = LineOf(row);
        var column = ColumnOf(row[across.Index]);
        var cell = pivot.Value is null ? One() : row[value.Index];
        while (line.Cells.Count <= column)
        {
            line.Cells.Add(null);
        }

        if (line.Cells[column] is null)
        {
            line.Cells[column] = Aggregate();
            if (++cells > MostCells)
            {
                throw ShapingErrors.PivotTooLarge(dataset, pivot.Rows, MostCells);
            }
        }

        line.Cells[column]!.Add(cell);
        line.Whole.Add(cell);
        below[column].Add(cell);
        whole.Add(cell);
    }

    private static Cell One()
    {
        var cell = new Cell();
        cell.SetInteger(1);
        return cell;
    }

    private Line LineOf(ReadOnlySpan<Cell> row)
    {
        Span<char> hashes = stackalloc char[keys.Length * 4];
        for (var i = 0; i < keys.Length; i++)
        {
            var key = TruthKey.Of(row[keys[i].Index], hasWords[i]);
            var hash = key.Kind == CellKind.Null ? 0 : DistinctValues.Hash(key);
            for (var part = 0; part < 4; part++)
            {
                hashes[(i * 4) + part] = (char)(hash >> (16 * part));
            }
        }

        var name = new string(hashes);
        if (!lines.TryGetValue(name, out var line))
        {
            var values = new Cell[keys.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                values[i] = row[keys[i].Index];
            }

            lines.Add(name, line = new Line(values, Aggregate()));
            inOrder.Add(line);
        }

        return line;
    }

    // what a line is about has a word, as what a column is about has
    private void NameBlankLines()
    {
        foreach (var line in inOrder)
        {
            for (var key = 0; key < keys.Length; key++)
            {
                if (line.Keys[key] is { Kind: CellKind.Text, Text.Length: 0 })
                {
                    line.Keys[key].SetText(words["empty"]);
                }
            }
        }
    }

    // Values are counted on, so that an error can say how many there are.
    private int ColumnOf(in Cell head)
    {
        var hash = head.Kind == CellKind.Null ? 0 : DistinctValues.Hash(TruthKey.Of(head, hasWords[^1]));
        if (!numbers.TryGetValue(hash, out var number))
        {
            numbers.Add(hash, number = Math.Min(numbers.Count, MostColumns));
            if (number < MostColumns)
            {
                heads.Add(head);
            }

            if (below.Count <= number)
            {
                below.Add(Aggregate());
            }
        }

        return number;
    }

    /// <summary>Texts such as 2026-10 or 10:30 have the order of their digits; names have one of their own.</summary>
    private static bool AreDated(List<Cell> heads) =>
        heads.TrueForAll(head => head.Kind is CellKind.Null || (head is { Kind: CellKind.Text, Text: [>= '0' and <= '9', ..] }));

    private void Name()
    {
        if (numbers.Count > MostColumns)
        {
            throw ShapingErrors.PivotTooWide(dataset, pivot.Columns, numbers.Count, MostColumns);
        }

        order = [.. Enumerable.Range(0, heads.Count)];
        if (!heads.Exists(head => head.Kind is CellKind.Text or CellKind.Json or CellKind.Guid or CellKind.Binary) || AreDated(heads))
        {
            Array.Sort(order, (left, right) => CellOrder.Ordinal.Compare(heads[left], heads[right]));
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var columns = new List<SourceColumn>();
        foreach (var key in keys)
        {
            names.Add(key.Name);
            columns.Add(key with { Index = columns.Count, Look = new ReportColumn { Name = key.Name, NullText = KeyWords.Nothing } });
        }

        var plain = new CellText(CultureInfo.InvariantCulture);
        var shown = new CellText(culture, HeadFormat());
        foreach (var place in order)
        {
            var isNone = heads[place].Kind == CellKind.Null;
            columns.Add(Column(columns.Count, isNone ? "(none)" : Day(plain.Of(heads[place])),
                isNone && definition.Column(across.Name)?.NullText is { Length: > 0 } nothing ? nothing
                    : KeyWords.Of(heads[place], isNone ? "" : shown.Of(heads[place]), words), below[place], names));
        }

        columns.Add(Column(columns.Count, "Total", TotalLine.Word(Below, words), whole, names));
        Columns = columns;
    }

    // First days of months are months.
    private string? HeadFormat()
    {
        var days = heads.Where(head => head.Kind != CellKind.Null).ToList();
        return NamedFormat.Resolve(definition.Column(across.Name)?.Format, culture)
            ?? (days.Count > 0 && days.TrueForAll(day => day.Kind is CellKind.Date or CellKind.DateTime && day.DateTime.Day == 1
                && day.DateTime.TimeOfDay == TimeSpan.Zero) ? "mmm yyyy"
            : days.Count > 0 && days.TrueForAll(day => day.Kind is CellKind.DateTime && day.DateTime.TimeOfDay == TimeSpan.Zero)
            ? "yyyy-mm-dd"
            : null);
    }

    private static string Day(string text) => text.EndsWith(" 00:00:00", StringComparison.Ordinal) ? text[..^9] : text;

    // One measure has the same digits everywhere, also where the numbers of a column are whole.
    private SeenDigits? Digits()
    {
        var seen = new FractionDigits(isPrecise: KeyName.IsPrecise(value.Name));
        foreach (var total in inOrder.SelectMany(line => line.Cells.OfType<ColumnAggregate>().Append(line.Whole)).Concat(below)
            .Append(whole))
        {
            seen.See(total.Shown(pivot.Function));
        }

        return seen.Seen is { Most: > 0 } digits ? digits : null;
    }

    private Cell Shown(ColumnAggregate total)
    {
        var cell = total.Shown(pivot.Function);
        if (digits is not null && cell.Kind == CellKind.Integer)
        {
            cell.SetDecimal(cell.Int64);
        }

        return cell;
    }

    private SourceColumn Column(int index, string name, string header, ColumnAggregate total, HashSet<string> names)
    {
        var stem = string.IsNullOrWhiteSpace(name) ? "(empty)" : name;
        var unique = stem;
        for (var number = 2; !names.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{stem}_{number}");
        }

        var counts = pivot.Function is ColumnTotal.Count or ColumnTotal.Distinct;
        var source = pivot.Value is null ? null : definition.Column(value.Name);
        return new SourceColumn(index, unique, unique, counts
            ? ColumnKind.Integer
            : pivot.Function == ColumnTotal.Average && value.Kind == ColumnKind.Integer
            ? ColumnKind.Decimal
            : value.Kind)
        {
            Look = new ReportColumn
            {
                Name = unique,
                Header = header,
                Format = counts ? null : source?.Format,
                Width = source?.Width,
                NullText = source?.NullText,
                Total = Below,
                Highlight = source?.Highlight ?? [],
            },
            Digits = digits,
            KnownTotal = Below == ColumnTotal.Sum || pivot.Function is ColumnTotal.Minimum or ColumnTotal.Maximum ? null : Shown(total),
        };
    }

    private void Fill(Line line, Span<Cell> target)
    {
        line.Keys.CopyTo(target);
        for (var place = 0; place < order.Length; place++)
        {
            target[keys.Length + place] = order[place] < line.Cells.Count && line.Cells[order[place]] is { } cell
                ? Shown(cell)
                : default;
        }

        target[keys.Length + order.Length] = Shown(line.Whole);
    }

    private sealed record Line(Cell[] Keys, ColumnAggregate Whole)
    {
        public List<ColumnAggregate?> Cells { get; } = [];
    }
}

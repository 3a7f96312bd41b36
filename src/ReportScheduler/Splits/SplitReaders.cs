using System.Globalization;
using ReportScheduler.Exports;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Templates;

namespace ReportScheduler.Splits;

/// <summary>Who reads the part of which key, as the queries of -Recipients say.</summary>
internal sealed class SplitReaders
{
    private const int MostRows = 100_000;
    private const string Key = "key";
    private const string To = "to";
    private const string Cc = "cc";
    private const string Bcc = "bcc";
    private const string Format = "format";
    private const string Culture = "culture";
    private const string Language = "language";
    private const string Parameters = "parameters";

    private static readonly string[] Known = [Key, To, Cc, Bcc, Format, Culture, Language];

    private readonly SortedSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SplitReader>> byKey = new(StringComparer.Ordinal);

    /// <summary>What the rows say of a reader beside the key, as templates name it.</summary>
    public IReadOnlyCollection<string> Names => names;

    /// <summary>Whether the rows name addresses, so that a key has to have one.</summary>
    public bool HasAddresses { get; private set; }

    /// <summary>Asks the queries of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sourceOf">Opens what a query is asked of.</param>
    /// <param name="parameters">The values of this run.</param>
    /// <param name="zone">The zone of instants.</param>
    /// <param name="warn">Gets what is worth knowing.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Null for a task without such queries.</returns>
    /// <exception cref="ReportException">A query is refused, has columns that say nothing, or a value in it cannot be used.</exception>
    public static SplitReaders? Read(
        ReportTask task, Func<ReportDataset, IRowSource> sourceOf, IReadOnlyList<ReportParameter> parameters, TimeZoneInfo zone,
        Action<string> warn, CancellationToken cancel)
    {
        if (task.Recipients.Length == 0)
        {
            return null;
        }

        var readers = new SplitReaders();
        foreach (var query in task.Recipients)
        {
            using var results = sourceOf(query).Query(new RowQuery(query.Script ?? query.Query, parameters, task.Timeout), cancel);
            readers.Read(results.Rows(zone), query.Script is not null, warn, cancel);
        }

        return readers;
    }

    /// <summary>The readers of a key, in the order of the rows. Space at the end of a
    /// key, as a CHAR column has it, makes no difference.</summary>
    public IReadOnlyList<SplitReader> Of(string key) =>
        byKey.TryGetValue(key, out var own) || byKey.TryGetValue(key.TrimEnd(' '), out own) ? own : [];

    /// <summary>The columns of a query by what they say.</summary>
    /// <exception cref="ReportException">One says nothing, or the key is missing.</exception>
    public static IReadOnlyDictionary<string, SourceColumn> Check(IReadOnlyList<SourceColumn> given)
    {
        var columns = given.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        if (columns.ContainsKey(Parameters))
        {
            throw SplitErrors.RecipientParametersNotUsable();
        }

        if (given.FirstOrDefault(column => !Known.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw SplitErrors.RecipientColumnUnknown(unknown.Name, Known);
        }

        return columns.ContainsKey(Key)
            ? Known.Where(columns.ContainsKey).ToDictionary(name => name, name => columns[name], StringComparer.Ordinal)
            : throw SplitErrors.RecipientKeyMissing(given.Select(column => column.Name));
    }

    private void Read(IRowReader rows, bool isScript, Action<string> warn, CancellationToken cancel)
    {
        using var pool = new BatchPool(rows.Columns.Count);
        rows.LookAhead(pool, cancel);
        var first = rows.Next(pool, cancel);
        if (first is null && isScript)
        {
            // its columns are those of its objects
            warn("The script of -Recipients gave no objects, so nobody is a reader.");
            HasAddresses = true;
            return;
        }

        var columns = Check(rows.Columns);
        names.UnionWith(columns.Keys.Where(name => name != Key));
        HasAddresses |= columns.Keys.Any(name => name is To or Cc or Bcc);
        var (count, without) = (0, 0);
        for (var batch = first; batch is not null; batch = rows.Next(pool, cancel))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (++count > MostRows)
                {
                    throw SplitErrors.RecipientsTooMany(MostRows);
                }

                without += Add(columns, batch[row].ToArray()) ? 0 : 1;
            }

            pool.Return(batch);
        }

        if (without > 0)
        {
            warn($"{without} {(without == 1 ? "row" : "rows")} of -Recipients had neither a key nor an address.");
        }
    }

    private bool Add(IReadOnlyDictionary<string, SourceColumn> columns, Cell[] row)
    {
        if (KeyText.Of(row[columns[Key].Index])?.TrimEnd(' ') is not { } key)
        {
            return false;
        }

        string? Text(string name) => columns.TryGetValue(name, out var column) && ReaderValue.Of(key, name, row[column.Index]) is { } text
            && text.Trim() is { Length: > 0 } value ? value : null;

        var culture = (Name: Culture, Value: Text(Culture));
        culture = culture.Value is null ? (Language, Text(Language)) : culture;
        var reader = new SplitReader(
            key, Text(To), Text(Cc), Text(Bcc), Formats(key, Text(Format)), CultureOf(key, culture.Name, culture.Value),
            [.. columns.Where(column => column.Key != Key).Select(column => KeyValuePair.Create(column.Key, row[column.Value.Index]))]);
        if (!byKey.TryGetValue(key, out var own))
        {
            byKey[key] = own = [];
        }

        if (!own.Exists(other => other.Identity == reader.Identity))
        {
            own.Add(reader);
        }

        return true;
    }

    private static ReportFormat[]? Formats(string key, string? text)
    {
        try
        {
            return text is null
                ? null
                : [.. text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(FileNames.FormatOf).Distinct()];
        }
        catch (ReportException)
        {
            throw SplitErrors.RecipientValueNotUsable(key, Format, text!,
                $"the formats are {string.Join(", ", ExportFormats.Names)}, and several stand with commas between them");
        }
    }

    private static string? CultureOf(string key, string column, string? name)
    {
        try
        {
            return name is null ? null : CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name;
        }
        catch (CultureNotFoundException)
        {
            throw SplitErrors.RecipientValueNotUsable(key, column, name!, "it is not a culture this computer knows, such as en-US or de");
        }
    }
}

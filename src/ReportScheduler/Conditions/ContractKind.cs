using ReportScheduler.Rows;

namespace ReportScheduler.Conditions;

/// <summary>The types of columns that a contract may name, in the words that people have for them.</summary>
internal static class ContractKind
{
    private static readonly Dictionary<string, ColumnKind[]> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["int"] = [ColumnKind.Integer],
        ["integer"] = [ColumnKind.Integer],
        ["bigint"] = [ColumnKind.Integer],
        ["number"] = [ColumnKind.Integer, ColumnKind.Decimal, ColumnKind.Double],
        ["numeric"] = [ColumnKind.Integer, ColumnKind.Decimal, ColumnKind.Double],
        ["decimal"] = [ColumnKind.Integer, ColumnKind.Decimal, ColumnKind.Double],
        ["float"] = [ColumnKind.Double],
        ["double"] = [ColumnKind.Double],
        ["text"] = [ColumnKind.Text],
        ["string"] = [ColumnKind.Text],
        ["bool"] = [ColumnKind.Boolean],
        ["boolean"] = [ColumnKind.Boolean],
        ["date"] = [ColumnKind.Date, ColumnKind.DateTime],
        ["datetime"] = [ColumnKind.Date, ColumnKind.DateTime, ColumnKind.DateTimeOffset],
        ["timestamp"] = [ColumnKind.DateTime, ColumnKind.DateTimeOffset],
        ["time"] = [ColumnKind.Time],
        ["guid"] = [ColumnKind.Guid],
        ["uuid"] = [ColumnKind.Guid],
        ["binary"] = [ColumnKind.Binary],
        ["json"] = [ColumnKind.Json],
    };

    public static IEnumerable<string> Names => Kinds.Keys;

    public static ColumnKind[]? Find(string name) => Kinds.GetValueOrDefault(name);

    /// <summary>Whether a date is asked for. SQLite has dates as text.</summary>
    public static bool IsDate(string name) => Kinds[name].Contains(ColumnKind.DateTime);

    /// <summary>The word for what a column is.</summary>
    public static string NameOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "int",
        ColumnKind.Decimal => "decimal",
        ColumnKind.Double => "float",
        ColumnKind.Boolean => "bool",
        ColumnKind.Date => "date",
        ColumnKind.DateTime or ColumnKind.DateTimeOffset => "datetime",
        ColumnKind.Time => "time",
        ColumnKind.Guid => "guid",
        ColumnKind.Binary => "binary",
        ColumnKind.Json => "json",
        _ => "text",
    };
}

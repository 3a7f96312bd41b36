using System.Data.Common;

namespace ReportScheduler.Rows;

/// <summary>The names of a reader's columns, never empty and unique without regard to case.</summary>
/// <remarks>A column without a name is called by its place (<c>Column3</c>), a repeated name gets a number (<c>total_2</c>).</remarks>
internal static class ColumnNames
{
    public static string[] Of(DbDataReader reader) => Unique([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);

    /// <summary>Names that may be empty or come again, made such ones; the array is changed.</summary>
    public static string[] Unique(string[] given)
    {
        var taken = new HashSet<string>(given, StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < given.Length; i++)
        {
            var blank = string.IsNullOrWhiteSpace(given[i]);
            var stem = blank ? $"Column{i + 1}" : given[i];
            var free = !blank || taken.Add(stem);
            given[i] = free && seen.Add(stem) ? stem : Numbered(stem, taken);
        }

        return given;
    }

    private static string Numbered(string stem, HashSet<string> taken)
    {
        var number = 2;
        while (!taken.Add($"{stem}_{number}"))
        {
            number++;
        }

        return $"{stem}_{number}";
    }
}

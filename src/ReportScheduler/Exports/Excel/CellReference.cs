namespace ReportScheduler.Exports.Excel;

/// <summary>Columns as letters; rows and columns count from 1.</summary>
internal static class CellReference
{
    public const int MaxRows = 1_048_576;
    public const int MaxColumns = 16_384;

    public static string Column(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26)
        {
            letters = (char)('A' + ((column - 1) % 26)) + letters;
        }

        return letters;
    }

    public static string Of(int column, int row) => $"{Column(column)}{row}";

    public static string Absolute(int column, int row) => $"${Column(column)}${row}";

    public static string Range(int left, int top, int right, int bottom) => $"{Of(left, top)}:{Of(right, bottom)}";

    /// <summary>A range on a sheet, as formulas name it.</summary>
    public static string OnSheet(string sheet, int left, int top, int right, int bottom) =>
        $"{Quoted(sheet)}!{Absolute(left, top)}:{Absolute(right, bottom)}";

    public static string Quoted(string sheet) => $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Column and row of a reference such as <c>$B$12</c> or <c>B12</c>.</summary>
    public static (int Column, int Row) Parse(ReadOnlySpan<char> reference)
    {
        var column = 0;
        var row = 0;
        foreach (var c in reference)
        {
            if (char.IsAsciiLetter(c))
            {
                column = (column * 26) + (char.ToUpperInvariant(c) - 'A' + 1);
            }
            else if (char.IsAsciiDigit(c))
            {
                row = (row * 10) + (c - '0');
            }
        }

        return (column, row);
    }
}

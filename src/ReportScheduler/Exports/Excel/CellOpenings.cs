using System.Runtime.CompilerServices;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>The beginnings of a column's cells: reference where they have one, and
/// cell format, which is decided when all rows are known.</summary>
internal sealed class CellOpenings
{
    private static readonly int StyleCount = Enum.GetValues<ColumnStyle>().Length;

    private readonly ExcelStyles styles;
    private readonly byte[] reference;
    private readonly byte[]?[] behind = new byte[]?[StyleCount];
    private readonly byte[]?[] placed = new byte[]?[StyleCount];
    private readonly int[] numbers = new int[StyleCount];

    /// <param name="column">Its place on the sheet, from 1.</param>
    /// <param name="styles">Where the cell formats go.</param>
    public CellOpenings(int column, ExcelStyles styles)
    {
        this.styles = styles;
        reference = Encoding.UTF8.GetBytes($"<c r=\"{CellReference.Column(column)}");
    }

    /// <summary>Whether the column has cells of this style.</summary>
    public bool Has(ColumnStyle style) => behind[(int)style] is not null;

    /// <param name="style">What decides the looks of the cell.</param>
    /// <param name="row">The row's number as digits; empty for a cell without a reference.</param>
    /// <param name="rest">What follows the attributes that stand here.</param>
    /// <param name="xml">Where to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Begin(ColumnStyle style, ReadOnlySpan<byte> row, ReadOnlySpan<byte> rest, XmlBuffer xml)
    {
        var opening = behind[(int)style] ?? Reserve(style);
        if (row.Length > 0)
        {
            xml.Add(reference).Add(row);
            opening = placed[(int)style]!;
        }
        var room = xml.Room(opening.Length + rest.Length);
        opening.CopyTo(room);
        rest.CopyTo(room[opening.Length..]);
        xml.Length += opening.Length + rest.Length;
    }

    /// <summary>Decides the looks of all styles that were used.</summary>
    public void Define(Action<ColumnStyle, int> define)
    {
        for (var style = 0; style < StyleCount; style++)
        {
            if (behind[style] is not null)
            {
                define((ColumnStyle)style, numbers[style]);
            }
        }
    }

    private byte[] Reserve(ColumnStyle style)
    {
        var number = numbers[(int)style] = styles.Reserve();
        placed[(int)style] = Encoding.UTF8.GetBytes($"\" s=\"{number}\"");
        return behind[(int)style] = Encoding.UTF8.GetBytes($"<c s=\"{number}\"");
    }
}

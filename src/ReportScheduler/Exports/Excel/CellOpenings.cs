using System.Runtime.CompilerServices;
using System.Text;

namespace ReportScheduler.Exports.Excel;

/// <summary>The beginnings of a column's cells: reference where they have one, and
/// cell format, which is decided when all rows are known.</summary>
internal sealed class CellOpenings
{
    private static readonly int StyleCount = Enum.GetValues<ColumnStyle>().Length;
    private static readonly int FormCount = Enum.GetValues<CellForm>().Length;

    private readonly ExcelStyles styles;
    private readonly RowDigits? row;
    private readonly byte[] reference;
    private readonly byte[]?[] openings = new byte[]?[StyleCount * FormCount];
    private readonly int forms = FormCount;
    private readonly int?[] numbers = new int?[StyleCount];

    /// <param name="column">Its place on the sheet, from 1.</param>
    /// <param name="styles">Where the cell formats go.</param>
    /// <param name="row">The row, where cells have references; null for none.</param>
    public CellOpenings(int column, ExcelStyles styles, RowDigits? row)
    {
        this.styles = styles;
        this.row = row;
        reference = Encoding.UTF8.GetBytes($"<c r=\"{CellReference.Column(column)}");
    }

    /// <summary>Whether the column has cells of this style.</summary>
    public bool Has(ColumnStyle style) => numbers[(int)style] is not null;

    /// <summary>Begins a cell.</summary>
    /// <param name="style">What decides the looks of the cell.</param>
    /// <param name="form">What follows.</param>
    /// <param name="room">How many bytes follow at most.</param>
    /// <param name="xml">Where to.</param>
    /// <returns>Room for them, which do not count as written yet.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Span<byte> Begin(ColumnStyle style, CellForm form, int room, XmlBuffer xml)
    {
        if (row is not null)
        {
            xml.Add(reference).Add(row.Span);
        }

        var opening = openings[((int)style * forms) + (int)form] ?? Make(style, form);
        var target = xml.Room(opening.Length + room);
        opening.CopyTo(target);
        xml.Length += opening.Length;
        return target[opening.Length..];
    }

    /// <summary>Decides the looks of all styles that were used.</summary>
    public void Define(Action<ColumnStyle, int> define)
    {
        for (var style = 0; style < StyleCount; style++)
        {
            if (numbers[style] is { } number)
            {
                define((ColumnStyle)style, number);
            }
        }
    }

    private byte[] Make(ColumnStyle style, CellForm form)
    {
        var number = numbers[(int)style] ??= styles.Reserve();
        return openings[((int)style * forms) + (int)form] =
            Encoding.UTF8.GetBytes($"{(row is null ? "<c" : "\"")} s=\"{number}\"{Rest(form)}");
    }

    private static string Rest(CellForm form) => form switch
    {
        CellForm.Boolean => " t=\"b\"><v>",
        CellForm.SharedText => " t=\"s\"><v>",
        CellForm.Text => " t=\"inlineStr\"><is><t>",
        CellForm.SpacedText => " t=\"inlineStr\"><is><t xml:space=\"preserve\">",
        CellForm.Empty => "/>",
        _ => "><v>",
    };
}

using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.PdfFile;

/// <summary>The rows and cells of a table, for programs that read it aloud. Its memory does not grow with the rows.</summary>
/// <remarks>A table may have several bodies: one is closed after so many rows, so that no list of rows grows.</remarks>
internal sealed class TableStructure
{
    private const int RowsOfBody = 500;
    private const int NumbersAtOnce = 64;
    private const int ReferenceWidth = 12;
    private const int MarkWidth = 5;

    private readonly PdfObjects objects;
    private readonly StructureElement table;
    private readonly int columns;
    private readonly int rowWidth;
    private readonly RecordStream rows;
    private readonly RecordStream cells;
    private StructureElement? body;
    private int rowsOfBody;
    private int nextRow;
    private int rowsLeft;
    private int row;
    private int firstCell;
    private int pageOfCell;

    /// <summary>A cell of the row: only its number and the number of its part differ.</summary>
    private readonly byte[] cell = new byte[CellWidth];

    /// <param name="objects">The file.</param>
    /// <param name="parent">What the table is a part of.</param>
    /// <param name="columns">How many cells a row has.</param>
    public TableStructure(PdfObjects objects, StructureElement parent, int columns)
    {
        (this.objects, this.columns) = (objects, columns);
        table = parent.Add("Table");
        rowWidth = RowStart.Length + ReferenceWidth + RowMiddle.Length + (ReferenceWidth * columns) + RowEnd.Length;
        rows = new RecordStream(objects, rowWidth);
        cells = new RecordStream(objects, CellWidth);
        CellStart.CopyTo(cell);
        CellPage.CopyTo(cell.AsSpan(CellStart.Length + ReferenceWidth));
        CellMark.CopyTo(cell.AsSpan(CellStart.Length + ReferenceWidth + CellPage.Length + ReferenceWidth));
        CellEnd.CopyTo(cell.AsSpan(cell.Length - CellEnd.Length));
    }

    private static ReadOnlySpan<byte> RowStart => "<</S/TR/P "u8;

    private static ReadOnlySpan<byte> RowMiddle => "/K["u8;

    private static ReadOnlySpan<byte> RowEnd => "]>>\n"u8;

    private static ReadOnlySpan<byte> CellStart => "<</S/TD/P "u8;

    private static ReadOnlySpan<byte> CellPage => "/Pg "u8;

    private static ReadOnlySpan<byte> CellMark => "/K "u8;

    private static int CellWidth { get; } = CellStart.Length + ReferenceWidth + CellPage.Length + ReferenceWidth + CellMark.Length
        + MarkWidth + CellEnd.Length;

    private static ReadOnlySpan<byte> CellEnd => ">>\n"u8;

    /// <summary>A part of the table with rows of its own kind: THead, TFoot.</summary>
    public StructureElement Part(string type)
    {
        CloseBody();
        return table.Add(type);
    }

    /// <summary>Begins a row.</summary>
    /// <param name="page">The page it is on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void BeginRow(PdfPage page)
    {
        page.RoundMarks();
        var parent = Body();
        if (rowsLeft == 0)
        {
            (nextRow, rowsLeft) = (objects.Reserve(NumbersAtOnce), NumbersAtOnce);
        }

        row = nextRow++;
        rowsLeft--;
        firstCell = objects.Reserve(columns);
        parent.AddKid(row);
        var room = rows.Take(row, rowWidth);
        RowStart.CopyTo(room);
        room = room[RowStart.Length..];
        Reference(room, parent.Number);
        room = room[ReferenceWidth..];
        RowMiddle.CopyTo(room);
        room = room[RowMiddle.Length..];
        for (var column = 0; column < columns; column++)
        {
            Reference(room, firstCell + column);
            room = room[ReferenceWidth..];
        }

        RowEnd.CopyTo(room);
        Reference(cell.AsSpan(CellStart.Length), row);
    }

    /// <summary>A cell of the row.</summary>
    /// <param name="column">Its place in the row.</param>
    /// <param name="page">The page it is on.</param>
    /// <param name="isEmpty">Whether nothing is in it.</param>
    /// <returns>The number of its part of the page; unused when it is empty.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Cell(int column, PdfPage page, bool isEmpty)
    {
        var number = firstCell + column;
        var room = cells.Take(number, CellWidth);
        if (isEmpty)
        {
            cell.CopyTo(room);
            room[(CellStart.Length + ReferenceWidth)..^3].Fill((byte)' ');
            return 0;
        }

        var mark = page.Mark(number);
        if (page.Number != pageOfCell)
        {
            pageOfCell = page.Number;
            Reference(cell.AsSpan(CellStart.Length + ReferenceWidth + CellPage.Length), pageOfCell);
        }

        cell.CopyTo(room);
        PdfBytes.Pad(room[^8..^3], mark);
        return mark;
    }

    /// <summary>A cell of the row with one element in it, as a link.</summary>
    /// <param name="column">Its place in the row.</param>
    /// <param name="type">The type of the element.</param>
    public StructureElement CellWith(int column, string type)
    {
        var element = new StructureElement(objects, type, firstCell + column);
        var room = cells.Take(firstCell + column, CellWidth);
        cell.CopyTo(room);
        var rest = room[(CellStart.Length + ReferenceWidth)..^CellEnd.Length];
        rest.Fill((byte)' ');
        CellMark.CopyTo(rest);
        Reference(rest[CellMark.Length..], element.Number);
        return element;
    }

    /// <summary>Writes what is left of it, after its last row.</summary>
    public void Close()
    {
        CloseBody();
        rows.Flush();
        cells.Flush();
        objects.GiveBack(nextRow, rowsLeft);
        rowsLeft = 0;
        table.Close();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reference(Span<byte> room, int number)
    {
        PdfBytes.Pad(room[..8], number);
        " 0 R"u8.CopyTo(room[8..]);
    }

    private StructureElement Body()
    {
        if (++rowsOfBody > RowsOfBody)
        {
            CloseBody();
        }

        return body ??= table.Add("TBody");
    }

    private void CloseBody()
    {
        body?.Close();
        (body, rowsOfBody) = (null, 0);
    }
}

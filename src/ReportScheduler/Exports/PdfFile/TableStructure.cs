namespace ReportScheduler.Exports.PdfFile;

/// <summary>The rows and cells of a table, for programs that read it aloud. Its memory does not grow with the rows.</summary>
/// <remarks>A table may have several bodies: one is closed after so many rows, so that no list of rows grows.</remarks>
internal sealed class TableStructure
{
    private const int RowsOfBody = 500;
    private const int NumbersAtOnce = 64;
    private const int MarkWidth = 5;

    private readonly PdfObjects objects;
    private readonly StructureElement table;
    private readonly int columns;
    private readonly RecordStream rows;
    private readonly RecordStream cells;
    private StructureElement? body;
    private int rowsOfBody;
    private int nextRow;
    private int rowsLeft;
    private int row;
    private int firstCell;
    private int pageOfCell;
    private int digits;

    /// <summary>A cell of the row: only the number of its part differs.</summary>
    private byte[] cell = [];

    /// <param name="objects">The file.</param>
    /// <param name="parent">What the table is a part of.</param>
    /// <param name="columns">How many cells a row has.</param>
    public TableStructure(PdfObjects objects, StructureElement parent, int columns)
    {
        (this.objects, this.columns) = (objects, columns);
        table = parent.Add("Table");
        rows = new RecordStream(objects);
        cells = new RecordStream(objects);
    }

    private static ReadOnlySpan<byte> RowStart => "<</S/TR/P "u8;

    private static ReadOnlySpan<byte> RowMiddle => "/K["u8;

    private static ReadOnlySpan<byte> RowEnd => "]>>"u8;

    private static ReadOnlySpan<byte> CellStart => "<</S/TD/P "u8;

    private static ReadOnlySpan<byte> CellPage => "/Pg "u8;

    private static ReadOnlySpan<byte> CellMark => "/K "u8;

    private static ReadOnlySpan<byte> CellEnd => ">>"u8;

    private int ReferenceWidth => digits + PdfBytes.BehindNumber;

    private int PlaceOfPage => CellStart.Length + ReferenceWidth;

    /// <summary>A part of the table with rows of its own kind: THead, TFoot.</summary>
    public StructureElement Part(string type)
    {
        CloseBody();
        return table.Add(type);
    }

    /// <summary>Begins a row.</summary>
    /// <param name="page">The page it is on.</param>
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
        if (objects.Digits != digits)
        {
            Measure();
        }

        var room = rows.Take(row, rows.Width);
        RowStart.CopyTo(room);
        room = room[RowStart.Length..];
        PdfBytes.PadReference(room, digits, parent.Number);
        room = room[ReferenceWidth..];
        RowMiddle.CopyTo(room);
        room = room[RowMiddle.Length..];
        for (var column = 0; column < columns; column++)
        {
            room[0] = (byte)' ';
            PdfBytes.PadReference(room[1..], digits, firstCell + column);
            room = room[(1 + ReferenceWidth)..];
        }

        RowEnd.CopyTo(room);
        PdfBytes.PadReference(cell.AsSpan(CellStart.Length), digits, row);
        if (page.Number != pageOfCell)
        {
            pageOfCell = page.Number;
            PdfBytes.PadReference(cell.AsSpan(PlaceOfPage + CellPage.Length), digits, pageOfCell);
        }
    }

    /// <summary>A cell of the row.</summary>
    /// <param name="column">Its place in the row.</param>
    /// <param name="page">The page it is on.</param>
    /// <param name="isEmpty">Whether nothing is in it.</param>
    /// <returns>The number of its part of the page; unused when it is empty.</returns>
    public int Cell(int column, PdfPage page, bool isEmpty)
    {
        var number = firstCell + column;
        var room = cells.Take(number, cell.Length);
        cell.CopyTo(room);
        if (isEmpty)
        {
            room[PlaceOfPage..^CellEnd.Length].Fill((byte)' ');
            return 0;
        }

        var mark = page.Mark(number);
        PdfBytes.Pad(room[^(MarkWidth + CellEnd.Length)..^CellEnd.Length], mark);
        return mark;
    }

    /// <summary>A cell of the row with one element in it, as a link.</summary>
    /// <param name="column">Its place in the row.</param>
    /// <param name="type">The type of the element.</param>
    public StructureElement CellWith(int column, string type)
    {
        var element = new StructureElement(objects, type, firstCell + column);
        var room = cells.Take(firstCell + column, cell.Length);
        cell.CopyTo(room);
        var rest = room[PlaceOfPage..^CellEnd.Length];
        rest.Fill((byte)' ');
        CellMark.CopyTo(rest);
        PdfBytes.PadReference(rest[CellMark.Length..], digits, element.Number);
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

    /// <summary>Makes the records as wide as the numbers of objects have become.</summary>
    private void Measure()
    {
        (digits, pageOfCell) = (objects.Digits, 0);
        rows.Width = RowStart.Length + ReferenceWidth + RowMiddle.Length + ((1 + ReferenceWidth) * columns) + RowEnd.Length;
        cells.Width = PlaceOfPage + CellPage.Length + ReferenceWidth + CellMark.Length + MarkWidth + CellEnd.Length;
        cell = new byte[cells.Width];
        CellStart.CopyTo(cell);
        CellPage.CopyTo(cell.AsSpan(PlaceOfPage));
        CellMark.CopyTo(cell.AsSpan(PlaceOfPage + CellPage.Length + ReferenceWidth));
        CellEnd.CopyTo(cell.AsSpan(cell.Length - CellEnd.Length));
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

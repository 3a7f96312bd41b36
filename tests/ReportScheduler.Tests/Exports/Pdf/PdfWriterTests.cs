using System.Collections.Specialized;
using System.Globalization;
using System.Security.Cryptography;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Pdf;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using SkiaSharp;

namespace ReportScheduler.Tests.Exports.Pdf;

public sealed class PdfWriterTests
{
    private static readonly string[] Columns = ["id", "region", "product", "sold_on", "quantity", "price", "total"];

    private static object?[] Row(int i) =>
        [i, i % 2 == 0 ? "North" : "South", $"Product {i % 17} with a name", new DateOnly(2026, 1, 1).AddDays(i % 365), i % 13, 1.5m * (i % 7), 0.25 * i];

    private static IEnumerable<object?[]> Rows(int count) => Enumerable.Range(0, count).Select(Row);

    [Fact]
    public void A_colour_of_a_number_format_is_drawn()
    {
        using var report = new PdfReport();
        report.Task.ColumnFormat = new OrderedDictionary { ["n"] = "0;[Red]-0;[Color10]\"none\"" };
        report.Task.Total = new OrderedDictionary { ["n"] = "sum" };
        using var pdf = report.Write(["t", "n"], ["a", 1], ["b", -5], ["c", 0]).Open();
        (double, double, double) Color(string word) => pdf.GetPage(1).GetWords().First(found => found.Text == word).Letters[0].Color.ToRGBValues();
        Assert.Equal((1, 0, 0), Color("-5"));
        Assert.Equal((1, 0, 0), Color("-4"));
        Assert.Equal(0x80 / 255d, Color("none").Item2, 2);
        Assert.NotEqual((1, 0, 0), Color("1"));
    }

    [Fact]
    public void Every_row_is_in_the_text_once_and_in_order()
    {
        using var report = new PdfReport();
        report.Write(("Sales", Columns, Rows(1000)));
        var ids = report.Text().Split('\n').Select(line => line.TrimStart().Split(' ')[0])
            .Where(word => int.TryParse(word, out _)).Select(int.Parse);
        Assert.Equal(Enumerable.Range(0, 1000), ids);
        Assert.Matches(@"999\s+South\s+Product 13 with a name\s+2026-09-27\s+11\s+7\.5\s+249\.75", report.Text());
    }

    [Fact]
    public void A_report_of_1000_rows_is_small_and_sound()
    {
        using var report = new PdfReport();
        report.Write(("Sales", Columns, Rows(1000)));
        Assert.InRange(new FileInfo(report.Path).Length, 1, 150 * 1024);
        PdfReport.Run("qpdf", "--check", report.Path);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Every_page_has_the_header_and_its_number()
    {
        using var report = new PdfReport();
        var pages = report.Write(("Sales", Columns, Rows(200))).Pages();
        Assert.True(pages.Length > 3);
        for (var page = 0; page < pages.Length; page++)
        {
            Assert.Contains("quantity", pages[page], StringComparison.Ordinal);
            Assert.Contains($"Page {page + 1} of {pages.Length}", pages[page], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Title_description_parameters_and_time_of_the_data_stand_on_the_first_page()
    {
        using var report = new PdfReport { Parameters = [new("region", "North"), new("since", "2026-01-01")] };
        report.Task.Description = "All sales of the year";
        report.Task.Owner = "ann@example.com";
        report.Write(["n"], [[1]]);
        var text = report.Text();
        Assert.Contains("region: North", text, StringComparison.Ordinal);
        Assert.Contains("since: 2026-01-01", text, StringComparison.Ordinal);
        Assert.Contains("Data as of 2026-11-24 09:00 (UTC)", text, StringComparison.Ordinal);
        using var pdf = report.Open();
        Assert.Equal("Sales", pdf.Information.Title);
        Assert.Equal("All sales of the year", pdf.Information.Subject);
        Assert.Equal("ann@example.com", pdf.Information.Author);
        Assert.Contains("20261124080005", pdf.Information.CreationDate, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_without_rows_shows_its_header_and_says_so()
    {
        using var report = new PdfReport();
        var page = Assert.Single(report.Write(["region", "total"]).Pages());
        Assert.Contains("region", page, StringComparison.Ordinal);
        Assert.Contains("No rows.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_dataset_has_a_section_with_its_name()
    {
        using var report = new PdfReport();
        var text = report.Write(("First part", ["a"], [["x"]]), ("Second part", ["b"], []), ("Third part", ["c"], [["z"]])).Text();
        int[] places = [.. new[] { "First part", "x", "Second part", "No rows.", "Third part", "z" }.Select(word => text.IndexOf(word, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    // size, orientation, columns, width and height in points
    [InlineData(PageSize.A4, PageOrientation.Auto, 3, 595, 842)]
    [InlineData(PageSize.A4, PageOrientation.Auto, 14, 842, 595)]
    [InlineData(PageSize.A4, PageOrientation.Portrait, 14, 595, 842)]
    [InlineData(PageSize.Letter, PageOrientation.Auto, 3, 612, 792)]
    [InlineData(PageSize.Letter, PageOrientation.Landscape, 3, 792, 612)]
    [InlineData(PageSize.Legal, PageOrientation.Auto, 3, 612, 1008)]
    public void Paper_is_what_the_task_asks_for_and_lies_as_the_columns_need(PageSize size, PageOrientation orientation, int columns, double width, double height)
    {
        using var report = new PdfReport();
        report.Task.PageSize = size;
        report.Task.Orientation = orientation;
        string[] names = [.. Enumerable.Range(0, columns).Select(column => $"column_{column}")];
        using var pdf = report.Write(names, [names]).Open();
        var page = pdf.GetPage(1);
        Assert.Equal(width, page.Width, 0.5);
        Assert.Equal(height, page.Height, 0.5);
    }

    [Fact]
    public void Columns_that_do_not_fit_go_on_on_further_pages_with_the_first_one_repeated()
    {
        using var report = new PdfReport();
        string[] names = [.. Enumerable.Range(0, 40).Select(column => $"column_{column}")];
        report.Write(("Wide", names, Enumerable.Range(0, 60).Select(row => names.Select((_, column) => (object?)(column == 0 ? $"Key{row}" : $"v{row}x{column}")).ToArray())));
        var pages = report.Pages();
        for (var row = 0; row < 60; row++)
        {
            for (var column = 1; column < 40; column++)
            {
                var page = Assert.Single(pages, page => page.Split([' ', '\n', '\r']).Contains($"v{row}x{column}"));
                Assert.Contains($"Key{row}", page.Split([' ', '\n', '\r']));
                Assert.Contains($"column_{column}", page, StringComparison.Ordinal);
            }
        }

        NothingIsOutsideThePage(report);
    }

    [Fact]
    public void Long_text_wraps_and_a_row_higher_than_a_page_goes_on_on_the_next()
    {
        using var report = new PdfReport();
        report.Write(["id", "note"], [[1, string.Join(' ', Enumerable.Range(0, 3000).Select(word => $"w{word}"))], [2, new string('x', 5000)], [3, "last"]]);
        var words = string.Join(' ', report.Pages()).Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 3000).Select(word => $"w{word}"), words.Where(word => word.StartsWith('w')));
        Assert.Equal(5000, words.Where(word => word.StartsWith("xx", StringComparison.Ordinal)).Sum(word => word.Length));
        NothingIsOutsideThePage(report);
    }

    [Fact]
    public void Totals_stand_below_the_rows()
    {
        using var report = new PdfReport();
        report.Task.Total = new() { ["amount"] = "sum", ["price"] = "avg", ["note"] = "count" };
        var text = report.Write(["region", "amount", "price", "note"], ["North", 10.25m, 1, "a"], ["South", 20.50m, 2, null]).Text();
        Assert.Matches(@"Total, average, count\s+30\.75\s+1\.50\s+1\s", text);
    }

    [Fact]
    public void The_word_for_the_totals_stands_on_one_line_in_a_narrow_first_column()
    {
        using var report = new PdfReport();
        report.Task.Total = new() { ["amount"] = "sum" };
        Assert.Matches(@"Total\s+3", report.Write(["n", "amount"], [1, 1], [2, 2]).Text());
    }

    [Fact]
    public void Long_text_takes_the_room_that_the_other_columns_leave()
    {
        using var report = new PdfReport();
        report.Task.Orientation = PageOrientation.Landscape;
        var text = string.Join(' ', Enumerable.Repeat("word", 28)) + " end";
        Assert.Contains(text, report.Write(["n", "note"], [1, text]).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_is_one_piece_of_text_and_not_placed_letter_by_letter()
    {
        using var report = new PdfReport();
        report.Write(["word"], ["Schifffahrtsgesellschaft 0123456789"]);
        var operators = PdfReport.Run("qpdf", "--qdf", "--object-streams=disable", report.Path, "-");
        Assert.Matches("<[0-9a-f]{140}> Tj", operators);
    }

    [Fact]
    public void Headers_formats_and_hidden_columns_are_as_in_the_other_files()
    {
        using var report = new PdfReport { Culture = CultureInfo.GetCultureInfo("de-DE") };
        report.Task.ColumnHeader = new() { ["total"] = "Umsatz" };
        report.Task.ColumnFormat = new() { ["total"] = "#,##0.00" };
        report.Task.Hide = ["secret"];
        var text = report.Write(["secret", "total", "day"], [["geheim", 1234.5m, new DateOnly(2026, 11, 24)]]).Text();
        Assert.Contains("1.234,50", text, StringComparison.Ordinal);
        Assert.Contains("24.11.2026", text, StringComparison.Ordinal);
        Assert.Contains("Umsatz", text, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_logo_is_drawn_and_a_missing_one_is_a_warning()
    {
        using var report = new PdfReport();
        using (var bitmap = new SkiaSharp.SKBitmap(60, 20))
        using (var file = File.Create(Path.Combine(report.Folder, "logo.png")))
        {
            bitmap.Erase(SkiaSharp.SKColors.Red);
            bitmap.Encode(file, SkiaSharp.SKEncodedImageFormat.Png, 100);
        }

        report.Task.Logo = Path.Combine(report.Folder, "logo.png");
        using (var pdf = report.Write(["n"], [[1]]).Open())
        {
            Assert.Single(pdf.GetPage(1).GetImages());
        }

        report.Task.Logo = "/no/such/logo.png";
        report.Write(["n"], [[1]]);
        Assert.Contains("/no/such/logo.png", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_logo_that_breaks_off_is_left_out_with_a_warning_and_a_huge_one_is_made_smaller()
    {
        using var report = new PdfReport();
        var path = report.Task.Logo = Path.Combine(report.Folder, "logo.png");
        using (var bitmap = new SKBitmap(3000, 1000))
        {
            new Random(1).NextBytes(bitmap.GetPixelSpan());
            using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(path, data.ToArray());
        }
        using (var pdf = report.Write(["n"], [[1]]).Open())
        {
            Assert.Equal(504, Assert.Single(pdf.GetPage(1).GetImages()).WidthInSamples);
        }
        Assert.Empty(report.Warnings);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..5000]);
        report.Write(["n"], [[1]]);
        Assert.Equal($"The logo '{path}' is not a PNG or JPEG picture that can be read; the PDF has none.", Assert.Single(report.Warnings));
    }

    [Fact]
    public void A_computer_without_fonts_makes_the_same_report()
    {
        using var report = new PdfReport { Fonts = new SystemFonts([]) };
        var text = report.Write(["name"], ["Zażółć Ξένος Съешь"], ["plain"]).Text();
        Assert.Contains("Zażółć Ξένος Съешь", text, StringComparison.Ordinal);
        Assert.Empty(report.Warnings);
        Assert.Equal(2, PdfReport.Run("pdffonts", report.Path).Split('\n').Count(line => line.Contains("+Inter-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_character_without_a_font_is_a_box_with_a_warning_and_can_still_be_copied()
    {
        using var report = new PdfReport { Fonts = new SystemFonts([]) };
        Assert.Contains("日本", report.Write(["name"], [["日本"]]).Text(), StringComparison.Ordinal);
        var warning = Assert.Single(report.Warnings);
        Assert.Contains("2 character", warning, StringComparison.Ordinal);
        Assert.Contains("'日' (U+65E5)", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Latin", "Zażółć gęślą jaźń, Ångström ß €")]
    [InlineData("Greek", "Ξεσκεπάζω την ψυχοφθόρα")]
    [InlineData("Cyrillic", "Съешь же ещё этих")]
    [InlineData("Chinese", "敏捷的棕色狐狸")]
    [InlineData("Japanese", "いろはにほへと")]
    [InlineData("Korean", "다람쥐 헌")]
    [InlineData("Arabic", "مرحبا بالعالم")]
    [InlineData("Hebrew", "דוח מכירות שבועי")]
    [InlineData("Devanagari", "हिन्दी क्षत्रिय")]
    [InlineData("Thai", "รายงานยอดขายประจำ")]
    [InlineData("Emoji", "🎉")]
    [InlineData("Skin", "👍🏽")]
    public void Every_script_can_be_searched_and_copied(string script, string text)
    {
        using var report = new PdfReport();
        report.Write(["text"], [[text]]);
        if (report.Warnings.Count > 0 && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip($"no font for {script}: install fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji");
        }

        Assert.Empty(report.Warnings);
        // pdftotext brackets right-to-left words with direction marks
        var read = report.Text().Replace("\u202B", "", StringComparison.Ordinal).Replace("\u202C", "", StringComparison.Ordinal);
        Assert.Contains(text, read, StringComparison.Ordinal);
        PdfReport.Run("qpdf", "--check", report.Path);
        Assert.InRange(new FileInfo(report.Path).Length, 1, 60 * 1024);
    }

    [Theory]
    [InlineData("דוח (שבועי)")]
    [InlineData("مرحبا (مثال) [قوس]")]
    [InlineData("{א} < (ב)")]
    public void Brackets_in_right_to_left_text_are_copied_as_they_are_read(string text)
    {
        using var report = new PdfReport();
        report.Write(["text"], [[text]]);
        if (report.Warnings.Count > 0 && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("no font for Hebrew and Arabic: install fonts-noto-core");
        }

        // pdftotext brackets right-to-left words with direction marks, and ours are read as well
        Assert.Contains(text, string.Concat(report.Text().Where(letter => letter is not ('\u202B' or '\u202C' or '\u200F'))), StringComparison.Ordinal);
    }

    [Theory]
    // the text, and the start of its last line, which another script begins
    [InlineData("שלום לכל מי שקורא את הדוח השבועי הזה של ReportScheduler (גרסה 2)", "ReportScheduler", true)]
    [InlineData("The weekly report for everybody who reads all of it שלום of today", "שלום", false)]
    [InlineData("שלום לכל מי שקורא את הדוח השבועי הזה\nReportScheduler", "ReportScheduler", false)]
    public void A_wrapped_paragraph_keeps_its_direction_on_every_line(string text, string word, bool isRightToLeft)
    {
        var row = new LaidRow();
        using var fonts = FontSet.Open(bold: false, SystemFonts.Default);
        var start = text.IndexOf(word, StringComparison.Ordinal);
        row.Clear();
        row.Add(text, isNumber: false, fonts, fonts.Measure(text.AsSpan(0, start - 1)));
        row.Add("next", isNumber: false, fonts, 100);
        Assert.Equal(2, row.Height);
        Assert.Equal(text[..(start - 1)], row.Line(0, 0).ToString());
        Assert.Equal(text[start..], row.Line(0, 1).TrimStart("\u200E\u200F").ToString());
        Assert.Equal(isRightToLeft, ShapedLine.Of(row.Line(0, 1), fonts).IsRightToLeft);
        Assert.Equal("next", row.Line(1, 0).ToString());
        Assert.DoesNotContain(0x200E, fonts.Missing);
    }

    [Fact]
    public void Headers_and_titles_are_bold_in_the_fonts_of_the_system_too()
    {
        using var report = new PdfReport();
        report.Task.Name = "דוח हिन्दी";
        report.Write(["מחיר"], ["שלום"]);
        if (report.Warnings.Count > 0 && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("no font for Hebrew and Devanagari: install fonts-noto-core");
        }

        var fonts = PdfReport.Run("pdffonts", report.Path);
        Assert.Contains("Hebrew-Bold", fonts, StringComparison.Ordinal);
        Assert.Contains("Hebrew-Regular", fonts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_font_without_a_bold_face_is_emboldened_and_still_copied()
    {
        const string regular = "/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf";
        if (!File.Exists(regular) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("no font for Hebrew: install fonts-noto-core");
        }

        var fonts = Directory.CreateTempSubdirectory("fonts-");
        File.Copy(regular, Path.Combine(fonts.FullName, "Only-Regular.ttf"));
        Assert.True(new SystemFonts([fonts.FullName]).Find('ש', isBold: true)!.Value.Embolden);
        using var report = new PdfReport { Fonts = new SystemFonts([fonts.FullName]) };
        Assert.Contains("מחיר", report.Write(["מחיר"], ["n"]).Text(), StringComparison.Ordinal);
        Assert.Empty(report.Warnings);
        fonts.Delete(recursive: true);
    }

    [Fact]
    public void A_wrapped_description_that_reads_from_right_to_left_ends_at_the_right_on_every_line()
    {
        using var report = new PdfReport();
        report.Task.Description = $"{string.Join(' ', Enumerable.Repeat("דוח", 40))} {string.Join(' ', Enumerable.Repeat("quarter", 40))}";
        using var pdf = report.Write(["n"], [1]).Open();
        var words = pdf.GetPage(1).GetWords().ToList();
        var lines = words.Where(word => word.Text is "quarter" or "חוד" or "דוח").GroupBy(word => Math.Round(word.BoundingBox.Bottom)).ToList();
        Assert.True(lines.Count > 2);
        Assert.All(lines, line => Assert.Equal(595.28 - 36, line.Max(word => word.BoundingBox.Right), 3.0));
    }

    [Fact]
    public void A_column_as_wide_as_three_digits_shows_any_three_digits_on_a_line()
    {
        using var report = new PdfReport();
        report.Task.ColumnWidth = new() { ["n"] = 3 };
        using var pdf = report.Write(["n"], [.. Enumerable.Range(0, 10).Select(digit => new object?[] { new string((char)('0' + digit), 3) })]).Open();
        Assert.Superset(Enumerable.Range(0, 10).Select(digit => new string((char)('0' + digit), 3)).ToHashSet(), pdf.GetPage(1).GetWords().Select(word => word.Text).ToHashSet());
    }

    [Fact]
    public void A_soft_hyphen_is_not_seen()
    {
        using var fonts = FontSet.Open(bold: false, new SystemFonts([]));
        Assert.Equal(fonts.Measure("Donaudampf"), fonts.Measure("Donau\u00ADdampf"), 0.001f);
    }

    [Fact]
    public void A_line_separator_ends_a_line()
    {
        using var report = new PdfReport();
        using var pdf = report.Write(["text"], ["one\u2028two"]).Open();
        var words = pdf.GetPage(1).GetWords().ToList();
        Assert.True(words.Single(word => word.Text == "one").BoundingBox.Bottom > words.Single(word => word.Text == "two").BoundingBox.Top);
    }

    [Fact]
    public void A_report_of_more_pages_than_one_document_holds_is_one_PDF()
    {
        const int rows = 23;
        using var report = new PdfReport { PagesOfPart = 10 };
        report.Task.Name = @"Sales (5 0 R) <3 0 R> \ of 7 0 obj";
        report.Task.Description = "Ελλάδα and 漢字";
        // a row to a page, and a script on some of them that the main font lacks
        report.Write(("Sales", ["n", "text"], Enumerable.Range(0, rows).Select(n => new object?[] { n, string.Join('\n', Enumerable.Repeat(n % 12 == 0 ? "漢字" : "line", 40)) })));
        PdfReport.Run("qpdf", "--check", report.Path);
        using (var pdf = report.Open())
        {
            Assert.Equal(rows, pdf.NumberOfPages);
            Assert.Equal(report.Task.Name, pdf.Information.Title);
            Assert.Equal(report.Task.Description, pdf.Information.Subject);
            Assert.All(Enumerable.Range(1, rows), number =>
                Assert.Contains($"Page {number} of {rows}", string.Join(' ', pdf.GetPage(number).GetWords()), StringComparison.Ordinal));
        }

        Assert.Equal((rows + 11) / 12 * 40, report.Text().Split("漢字").Length - 2);
        Assert.Equal([report.Path], Directory.GetFiles(report.Folder));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(PdfDrawing.PagesOfPart)]
    public void A_report_looks_the_same_in_however_many_parts_it_is_drawn(int pagesOfPart)
    {
        using var whole = Odd(int.MaxValue);
        using var parts = Odd(pagesOfPart);
        PdfReport.Run("qpdf", "--check", parts.Path);
        Assert.Equal(PdfReport.Run("pdftotext", "-bbox", whole.Path, "-"), PdfReport.Run("pdftotext", "-bbox", parts.Path, "-"));
        Assert.Equal(Pictures(whole), Pictures(parts));

        // rows higher than a page, columns on further pages, totals, colours that hang on all rows, several datasets, a chart
        static PdfReport Odd(int pagesOfPart)
        {
            var report = new PdfReport { PagesOfPart = pagesOfPart };
            report.Task.Total = new() { ["amount"] = "sum" };
            report.Task.Highlight = new() { ["Odd.amount"] = "colorscale", ["Wide.amount"] = "top 3" };
            report.Task.Chart = ChartKind.Line;
            report.Task.ChartX = "n";
            report.Task.ChartY = ["amount"];
            string[] wide = ["n", "amount", .. Enumerable.Range(0, 30).Select(column => $"a column of its own {column}")];
            return report.Write(
                ("Odd", ["n", "amount", "text"], Enumerable.Range(0, 60).Select(n => new object?[] { n, n * 7 % 61, string.Join('\n', Enumerable.Range(0, n % 13 == 5 ? 150 : n % 9)) })),
                ("Empty", ["n", "amount"], []),
                ("Wide", wide, Enumerable.Range(0, 90).Select(n => (object?[])[n, n * 7 % 61, .. Enumerable.Repeat("some words", 30)])));
        }

        static List<string> Pictures(PdfReport report)
        {
            PdfReport.Run("pdftoppm", "-r", "30", report.Path, Path.Combine(report.Folder, "page"));
            return [.. Directory.GetFiles(report.Folder, "page*").Order().Select(picture => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(picture))))];
        }
    }

    [Fact]
    public void A_long_report_that_fails_between_its_parts_leaves_no_file()
    {
        using var report = new PdfReport();
        using (var file = new OutputFile(report.Path))
        using (var parts = new PdfParts(file.Stream, new SKDocumentPdfMetadata(SKDocument.DefaultRasterDpi), 5))
        {
            var error = Assert.Throws<IOException>(() => parts.Draw(Draw, Draw));
            Assert.Equal("no room", error.Message);
        }

        Assert.Empty(Directory.GetFiles(report.Folder));

        static void Draw(IEnumerable<(int Number, SKDocument Document)> taken)
        {
            foreach (var (number, document) in taken)
            {
                document.BeginPage(100, 100);
                document.EndPage();
                if (number == 2)
                {
                    throw new IOException("no room");
                }
            }
        }
    }

    [Fact]
    public void A_disk_that_fills_up_while_Skia_writes_is_an_error_and_not_the_end_of_the_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using var parts = new PdfParts(full, new SKDocumentPdfMetadata(SKDocument.DefaultRasterDpi), 1);
        Assert.Throws<IOException>(() => parts.Draw(Draw, Draw));

        static void Draw(IEnumerable<(int Number, SKDocument Document)> taken)
        {
            foreach (var (_, document) in taken)
            {
                document.BeginPage(100, 100);
                document.EndPage();
            }
        }
    }

    [Fact]
    public void An_export_that_is_stopped_leaves_no_file()
    {
        using var report = new PdfReport();
        using var stop = new CancellationTokenSource();
        using (var writer = report.Writer())
        {
            writer.Begin("Sales", [new SourceColumn(0, "n", "n", ColumnKind.Integer)]);
            writer.Write(PdfReport.Batch(1, [.. Enumerable.Range(0, 5000).Select(n => new object?[] { n })]));
            writer.End(stop.Token);
            stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => writer.Complete(stop.Token));
        }

        Assert.Empty(Directory.GetFiles(report.Folder));
    }

    [Fact]
    public void Only_the_PDF_is_left_in_the_folder()
    {
        using var report = new PdfReport();
        report.Write(("Sales", Columns, Rows(10)));
        Assert.Equal([report.Path], Directory.GetFiles(report.Folder));
    }

    private static void NothingIsOutsideThePage(PdfReport report)
    {
        using var pdf = report.Open();
        Assert.All(pdf.GetPages(), page => Assert.All(page.Letters, letter =>
        {
            Assert.InRange(letter.StartBaseLine.X, 30, page.Width - 30);
            Assert.InRange(letter.EndBaseLine.X, 30, page.Width - 30);
            Assert.InRange(letter.StartBaseLine.Y, 20, page.Height - 20);
        }));
    }
}

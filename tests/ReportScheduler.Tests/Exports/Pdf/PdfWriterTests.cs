using System.Collections.Specialized;
using System.Globalization;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Pdf;
using ReportScheduler.Exports.PdfFile;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Exports.Pdf;

public sealed class PdfWriterTests
{
    private static readonly string[] Columns = ["id", "region", "product", "sold_on", "quantity", "price", "total"];

    private static object?[] Row(int i) =>
        [i, i % 2 == 0 ? "North" : "South", $"Product {i % 17} with a name", new DateOnly(2026, 1, 1).AddDays(i % 365), i % 13,
            1.5m * (i % 7), 0.25 * i];

    private static IEnumerable<object?[]> Rows(int count) => Enumerable.Range(0, count).Select(Row);

    [Fact]
    public void A_colour_of_a_number_format_is_drawn()
    {
        using var report = new PdfReport();
        report.Task.ColumnFormat = new OrderedDictionary { ["n"] = "0;[Red]-0;[Color10]\"none\"" };
        report.Task.Total = new OrderedDictionary { ["n"] = "sum" };
        using var pdf = report.Write(["t", "n"], ["a", 1], ["b", -5], ["c", 0]).Open();
        (double, double, double) Color(string word) =>
            pdf.GetPage(1).GetWords().First(found => found.Text == word).Letters[0].Color.ToRGBValues();
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
        Assert.Matches(@"999\s+South\s+Product 13 with a name\s+2026-09-27\s+11\s+7\.50\s+249\.75", report.Text());
    }

    [Fact]
    public void A_report_of_1000_rows_is_small_and_sound()
    {
        using var report = new PdfReport();
        report.Write(("Sales", Columns, Rows(1000)));
        Assert.InRange(new FileInfo(report.Path).Length, 1, 80_000);
        PdfReport.Run("qpdf", "--check", report.Path);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void A_report_of_1000_rows_and_10_columns_is_small()
    {
        using var report = new PdfReport();
        report.Write(("Sales", [.. Columns, "note", "paid", "at"], Enumerable.Range(0, 1000)
            .Select(i => (object?[])[.. Row(i), $"Customer {i * 7919 % 100003} & Sons", i % 3 == 0,
                new DateTime(2026, 1, 1).AddMinutes(i * 7919)])));
        Assert.InRange(new FileInfo(report.Path).Length, 1, 110_000);
        PdfReport.Run("qpdf", "--check", report.Path);
    }

    [Theory]
    // of one byte each; of two; more of them than one first byte has; a letter that needs shaping behind them
    [InlineData("plain ASCII ~!#$%&'*+,-./:;<=>?@[]^_`{|}")]
    [InlineData("ÄÖÜäöüß ÀÉÎÕÇ ñ € – “quoted” (in brackets) back\\slash")]
    [InlineData("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя")]
    public void Text_of_any_letters_is_read_again(string text)
    {
        using var report = new PdfReport();
        report.Task.Name = text;
        // and 400 others, so that the codes go on with another first byte
        report.Write(["a", "b"], [[text, null], .. Enumerable.Range(0xC0, 0x250 - 0xC0).Chunk(20).Select(part =>
            (object?[])["", string.Concat(part.Select(code => (char)code))])]);
        PdfReport.Run("qpdf", "--check", report.Path);
        var letters = text.Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains(letters, string.Concat(report.Text().Where(letter => !char.IsWhiteSpace(letter))), StringComparison.Ordinal);
        using var pdf = report.Open();
        Assert.Contains(letters, string.Concat(pdf.GetPage(1).GetWords()), StringComparison.Ordinal);
        Assert.Contains("Ɏɏ", report.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_has_the_header_and_its_number()
    {
        using var report = new PdfReport();
        var pages = report.Write(("Sales", Columns, Rows(200))).Pages();
        Assert.True(pages.Length > 3);
        for (var page = 0; page < pages.Length; page++)
        {
            Assert.Contains("Quantity", pages[page], StringComparison.Ordinal);
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
        Assert.Contains("Region: North", text, StringComparison.Ordinal);
        Assert.Contains("Since: 2026-01-01", text, StringComparison.Ordinal);
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
        Assert.Contains("Region", page, StringComparison.Ordinal);
        Assert.Contains("No rows.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_dataset_has_a_section_with_its_name()
    {
        using var report = new PdfReport();
        var text = report.Write(("First part", ["a"], [["x"]]), ("Second part", ["b"], []), ("Third part", ["c"], [["z"]])).Text();
        int[] places = [.. new[] { "First part", "x", "Second part", "No rows.", "Third part", "z" }.Select(
            word => text.IndexOf(word, StringComparison.Ordinal))];
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
    [InlineData(PageSize.A3, PageOrientation.Auto, 3, 842, 1191)]
    [InlineData(PageSize.A5, PageOrientation.Landscape, 3, 595, 420)]
    [InlineData(PageSize.Tabloid, PageOrientation.Portrait, 3, 792, 1224)]
    public void Paper_is_what_the_task_asks_for_and_lies_as_the_columns_need(PageSize size, PageOrientation orientation, int columns,
        double width, double height)
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
        report.Write(("Wide", names, Enumerable.Range(0, 60)
            .Select(row => names.Select((_, column) => (object?)(column == 0 ? $"Key{row}" : $"v{row}x{column}")).ToArray())));
        var pages = report.Pages();
        for (var row = 0; row < 60; row++)
        {
            for (var column = 1; column < 40; column++)
            {
                var page = Assert.Single(pages, page => page.Split([' ', '\n', '\r']).Contains($"v{row}x{column}"));
                Assert.Contains($"Key{row}", page.Split([' ', '\n', '\r']));
                Assert.Contains($"Column {column}", page.ReplaceLineEndings(" "), StringComparison.Ordinal);
            }
        }

        NothingIsOutsideThePage(report);
    }

    [Theory]
    // what is longer than six lines ends in an ellipsis: words, one word, lines of its own, a script without spaces
    [InlineData("w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20", 500, "w0")]
    [InlineData("xxxxxxxxxxxxxxxxxxxx", 500, "xxxx")]
    [InlineData("line\n", 50, "line")]
    [InlineData("日本語の文", 500, "日本")]
    public void Text_of_more_than_six_lines_ends_in_an_ellipsis(string text, int times, string start)
    {
        using var report = new PdfReport();
        report.Write(["id", "note"], [[1, string.Join(' ', Enumerable.Repeat(text, times))], [2, "last"]]);
        using var pdf = report.Open();
        Assert.Equal(1, pdf.NumberOfPages);
        var words = pdf.GetPage(1).GetWords().ToList();
        var (header, last) = (words.Single(word => word.Text == "Note").BoundingBox, words.Single(word => word.Text == "last").BoundingBox);
        Assert.Contains(words, word => word.Text.StartsWith(start, StringComparison.Ordinal));
        Assert.Single(words, word => word.Text.EndsWith('…'));
        Assert.Equal(6, words.Where(
            word => word.BoundingBox.Left >= last.Left - 1 && word.BoundingBox.Bottom > last.Top && word.BoundingBox.Top < header.Bottom)
            .Select(word => Math.Round(word.Letters[0].StartBaseLine.Y)).Distinct().Count());
        NothingIsOutsideThePage(report);
    }

    [Fact]
    public void Text_of_six_lines_is_whole()
    {
        using var report = new PdfReport();
        Assert.Contains("six", report.Write(["note"], ["one\ntwo\nthree\nfour\nfive\nsix"]).Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("…", report.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_a_dash_and_stands_where_the_column_stands()
    {
        using var report = new PdfReport();
        using var pdf = report.Write(["text", "number"], ["a", 1000], [null, null]).Open();
        var dashes = pdf.GetPage(1).GetWords().Where(word => word.Text == "–").OrderBy(word => word.BoundingBox.Left).ToList();
        Assert.Equal(2, dashes.Count);
        Assert.Equal(pdf.GetPage(1).GetWords().Single(word => word.Text == "1000").BoundingBox.Right, dashes[1].BoundingBox.Right, 2.0);
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
        var operators = PdfReport.Run("qpdf", "--qdf", "--object-streams=disable", "--normalize-content=n", report.Path, "-");
        Assert.Contains("(Schifffahrtsgesellschaft 0123456789)Tj", operators, StringComparison.Ordinal);
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
    public void The_logo_of_the_theme_is_drawn_and_a_huge_one_is_made_smaller()
    {
        using var report = new PdfReport { Theme = Theme.Standard with { Logo = LogoPicture.Read(TestPictures.Png(60, 20)) } };
        using (var pdf = report.Write(["n"], [[1]]).Open())
        {
            Assert.Equal(60, Assert.Single(pdf.GetPage(1).GetImages()).WidthInSamples);
        }

        report.Theme = Theme.Standard with { Logo = LogoPicture.Read(TestPictures.Png(3000, 1000)) };
        using (var pdf = report.Write(["n"], [[1]]).Open())
        {
            Assert.Equal(504, Assert.Single(pdf.GetPage(1).GetImages()).WidthInSamples);
        }

        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void A_computer_without_fonts_makes_the_same_report()
    {
        using var report = new PdfReport { Fonts = new SystemFonts([]) };
        var text = report.Write(["name"], ["Zażółć Ξένος Съешь"], ["plain"]).Text();
        Assert.Contains("Zażółć Ξένος Съешь", text, StringComparison.Ordinal);
        Assert.Empty(report.Warnings);
        Assert.Equal(2,
            PdfReport.Run("pdffonts", report.Path).Split('\n').Count(line => line.Contains("+Inter-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_table_of_many_pages_across_is_warned_of()
    {
        using var report = new PdfReport();
        report.Write([.. Enumerable.Range(1, 64).Select(column => $"measurement_{column}")],
            [.. Enumerable.Range(1, 3).Select(_ => Enumerable.Repeat<object?>(123456.5, 64).ToArray())]);
        Assert.Matches("^The 64 columns of '.*' need [0-9]+ pages of the PDF side by side[.] Leave out columns",
            Assert.Single(report.Warnings));
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
        Assert.Contains(text, string.Concat(report.Text().Where(letter => letter is not ('\u202B' or '\u202C' or '\u200F'))),
            StringComparison.Ordinal);
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
        row.Add(text, RowTextKind.Text, fonts, fonts.Measure(text.AsSpan(0, start - 1)));
        row.Add("next", RowTextKind.Text, fonts, 100);
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
        var lines = words.Where(word => word.Text.Trim('\u200F') is "quarter" or "חוד" or "דוח")
            .GroupBy(word => Math.Round(word.BoundingBox.Bottom)).ToList();
        Assert.True(lines.Count > 2);
        Assert.All(lines, line => Assert.Equal(595.28 - 36, line.Max(word => word.BoundingBox.Right), 3.0));
    }

    [Fact]
    public void A_column_as_wide_as_three_digits_shows_any_three_digits_on_a_line()
    {
        using var report = new PdfReport();
        report.Task.ColumnWidth = new() { ["n"] = 3 };
        using var pdf = report
            .Write(["n"], [.. Enumerable.Range(0, 10).Select(digit => new object?[] { new string((char)('0' + digit), 3) })]).Open();
        Assert.Superset(Enumerable.Range(0, 10).Select(digit => new string((char)('0' + digit), 3)).ToHashSet(),
            pdf.GetPage(1).GetWords().Select(word => word.Text).ToHashSet());
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
    public void Every_page_of_a_long_report_has_its_number_and_odd_words_do_no_harm()
    {
        const int rows = 3000;
        using var report = new PdfReport();
        report.Task.Name = @"Sales (5 0 R) <3 0 R> \ of 7 0 obj";
        report.Task.Description = "Ελλάδα and 漢字";
        report.Write(
            ("Sales", ["n", "text"], Enumerable.Range(0, rows).Select(n => new object?[] { n, n % 12 == 0 ? "漢字" : "(\\) endstream" })));
        PdfReport.Run("qpdf", "--check", report.Path);
        using (var pdf = report.Open())
        {
            Assert.Equal(report.Task.Name, pdf.Information.Title);
            Assert.Equal(report.Task.Description, pdf.Information.Subject);
            Assert.All(Enumerable.Range(1, pdf.NumberOfPages), number =>
                Assert.Contains($"Page {number} of {pdf.NumberOfPages}", string.Join(' ', pdf.GetPage(number).GetWords()),
                    StringComparison.Ordinal));
        }

        Assert.Equal(rows / 12, report.Text().Split("漢字").Length - 2);
        Assert.Equal([report.Path], Directory.GetFiles(report.Folder));
    }

    [Theory]
    // the rows: fewer than give the columns their widths, and more
    [InlineData(300)]
    [InlineData(1500)]
    public void Colours_that_hang_on_all_rows_are_right_from_the_first_page_on(int rows)
    {
        using var report = new PdfReport();
        report.Task.Highlight = new() { ["n"] = "top 1 red" };
        report.Write(("Sales", ["n"], Enumerable.Range(0, rows).Select(n => new object?[] { n })));
        PdfReport.Run("qpdf", "--check", report.Path);
        using var pdf = report.Open();
        bool IsRed(int page) => pdf.GetPage(page).Paths.Any(path => path.FillColor?.ToRGBValues() is var (red, green, _)
            && Math.Abs(red - (0xF8 / 255d)) < 0.01 && Math.Abs(green - (0xB4 / 255d)) < 0.01);
        Assert.Equal([pdf.NumberOfPages], Enumerable.Range(1, pdf.NumberOfPages).Where(IsRed));
        Assert.Equal([report.Path], Directory.GetFiles(report.Folder));
    }

    [Fact]
    public void A_report_is_tagged_for_programs_that_read_aloud()
    {
        using var report = new PdfReport();
        report.Task.Chart = ChartKind.Bar;
        report.Task.ChartX = "region";
        report.Task.ChartY = ["quantity"];
        report.Task.Total = new() { ["quantity"] = "sum" };
        report.Write(("Sales", ["region", "quantity", "note"],
            Enumerable.Range(0, 120).Select(n => new object?[] { $"R{n}", n, n % 3 == 0 ? null : "x" })));
        var tags = PdfReport.Run("pdfinfo", "-struct-text", report.Path);
        foreach (var tag in new[] { "Document", "H1", "\"Sales\"", "Figure", "Table", "THead", "TBody", "TFoot", "\"Region\"", "\"R119\"" })
        {
            Assert.Contains(tag, tags, StringComparison.Ordinal);
        }

        Assert.Equal(122, tags.Split('\n').Count(line => line.Trim() == "TR"));
        Assert.Equal(3, tags.Split('\n').Count(line => line.TrimStart().StartsWith("TH:", StringComparison.Ordinal)));
        Assert.DoesNotContain("Page 1", tags, StringComparison.Ordinal);
        var facts = PdfReport.Run("pdfinfo", report.Path);
        Assert.Matches(@"Tagged: +yes", facts);
        var metadata = PdfReport.Run("pdfinfo", "-meta", report.Path);
        Assert.Contains("<pdfuaid:part>1</pdfuaid:part>", metadata, StringComparison.Ordinal);
        Assert.Contains("<pdfaid:part>2</pdfaid:part>", metadata, StringComparison.Ordinal);
        var objects = PdfReport.Run("qpdf", "--qdf", "--object-streams=disable", report.Path, "-");
        foreach (var entry in new[] { "/Lang", "/DisplayDocTitle true", "/Tabs /S", "/Scope /Column", "/Alt", "/GTS_PDFA1", "/Outlines" })
        {
            Assert.Contains(entry, objects, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Datasets_have_bookmarks()
    {
        using var report = new PdfReport();
        using var pdf = report.Write(("First part", ["a"], [["x"]]), ("Second part", ["b"], []), ("Third part", ["c"], [["z"]])).Open();
        Assert.True(pdf.TryGetBookmarks(out var bookmarks));
        Assert.Equal(["First part", "Second part", "Third part"], bookmarks.GetNodes().Select(node => node.Title));
    }

    [Theory]
    [InlineData("https://example.com/orders?id=5(a)", "https://example.com/orders?id=5(a)")]
    [InlineData("ann@example.com", "mailto:ann@example.com")]
    [InlineData("ann@example", null)]
    [InlineData("see https://example.com", null)]
    [InlineData("5 @ 3.50", null)]
    public void An_address_is_a_link(string text, string? address)
    {
        using var report = new PdfReport();
        using var pdf = report.Write(["n", "text"], [1, text], [2, "x"]).Open();
        Assert.Equal(address is null ? [] : [address], pdf.GetPage(1).GetHyperlinks().Select(link => link.Uri));
        Assert.Contains(text, report.Text(), StringComparison.Ordinal);
        Assert.Equal(address is not null, PdfReport.Run("pdfinfo", "-struct", report.Path).Contains("Link", StringComparison.Ordinal));
        PdfReport.Run("qpdf", "--check", report.Path);
    }

    [Theory]
    [InlineData("de", "Seite 1 von 1", "Keine Zeilen.")]
    [InlineData("ja", "1 / 1 ページ", "該当する行はありません。")]
    [InlineData("zh", "第 1 页,共 1 页", "没有数据行。")]
    public void Its_words_are_in_the_language_of_the_report(string culture, string page, string none)
    {
        using var report = new PdfReport { Culture = CultureInfo.GetCultureInfo(culture) };
        var text = report.Write(["n"]).Text();
        if (report.Warnings.Count > 0 && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("no font for Chinese: install fonts-noto-cjk");
        }

        Assert.Contains(page, text, StringComparison.Ordinal);
        Assert.Contains(none, text, StringComparison.Ordinal);
    }

    // the pages of a long one are compressed beside each other
    [Theory]
    [InlineData(300)]
    [InlineData(15_000)]
    public void The_same_report_is_the_same_file(int rows)
    {
        using var one = new PdfReport();
        using var other = new PdfReport();
        Assert.Equal(
            File.ReadAllBytes(one.Write(("Sales", Columns, Rows(rows))).Path),
            File.ReadAllBytes(other.Write(("Sales", Columns, Rows(rows))).Path));
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(25, 1)]
    [InlineData(40, 2)]
    public void A_short_report_is_on_one_page_with_its_chart(int rows, int pages)
    {
        using var report = new PdfReport();
        report.Task.Chart = ChartKind.Bar;
        report.Task.ChartY = ["total"];
        report.Task.Total = new() { ["total"] = "sum" };
        using var pdf = report
            .Write(("Sales", ["region", "total"], Enumerable.Range(0, rows).Select(n => new object?[] { $"R{n}", n * 7 % 40 }))).Open();
        Assert.Equal(pages, pdf.NumberOfPages);
    }

    [Fact]
    public void A_table_and_its_chart_end_at_the_same_place()
    {
        using var report = new PdfReport();
        report.Task.Chart = ChartKind.Bar;
        report.Task.ChartY = ["total"];
        using var pdf = report.Write(["region", "total"], ["North", 1], ["South", 2]).Open();
        // rules are filled rectangles: of the header, and of the chart's value lines
        var rights = pdf.GetPage(1).Paths.Select(path => path.GetBoundingRectangle()).OfType<UglyToad.PdfPig.Core.PdfRectangle>()
            .Where(box => box.Height < 2 && box.Width > 100 && box.Bottom > 100).Select(box => Math.Round(box.Right)).Distinct();
        Assert.Single(rights);
    }

    [Fact]
    public void A_number_before_the_name_is_repeated_with_it_on_further_pages()
    {
        using var report = new PdfReport();
        string[] names = ["id", "name", .. Enumerable.Range(0, 40).Select(column => $"column_{column}")];
        report.Write(("Wide", names, Enumerable.Range(0, 10).Select(row => names
            .Select((_, column) => (object?)(column == 0 ? 1000 + row : column == 1 ? $"Name{row}" : $"v{row}x{column}")).ToArray())));
        Assert.All(report.Pages(), page =>
        {
            Assert.Contains("1004", page, StringComparison.Ordinal);
            Assert.Contains("Name4", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_disk_that_fills_up_is_an_error_and_not_the_end_of_the_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        Assert.Throws<IOException>(() => new PdfDocument(full).BeginPage(100, 100));
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

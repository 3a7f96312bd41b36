using System.Text.RegularExpressions;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests;

/// <summary>Holds the source against the list of rooms in docs/architecture.md: a file uses its own room and rooms below it.</summary>
public sealed partial class RoomTests
{
    private static readonly Lazy<IReadOnlyList<SourceArrow>> Arrows = new(SourceArrow.All);

    [Fact]
    public void Every_folder_is_a_room_of_the_architecture_page()
    {
        var folders = SourceArrow.Files().Select(SourceArrow.RoomOf).Distinct().Where(room => room.Length > 0);
        Assert.Empty(folders.Except(Rooms(), StringComparer.Ordinal));
        Assert.Equal(Rooms().Distinct(StringComparer.Ordinal), Rooms());
    }

    [Fact]
    public void A_file_uses_its_own_room_and_rooms_below_it()
    {
        var floor = Rooms().Select((room, index) => (room, index))
            .ToDictionary(each => each.room, each => each.index, StringComparer.Ordinal);
        Assert.True(Arrows.Value.Count > 1500, $"only {Arrows.Value.Count} references were found: the source was not understood");
        None(Arrows.Value
            .Where(arrow => floor[SourceArrow.RoomOf(arrow.From)] < floor[SourceArrow.RoomOf(arrow.To)])
            .Select(arrow => $"{arrow.From} uses {arrow.To}: {string.Join(", ", arrow.Names)}"));
    }

    [Fact]
    public void Files_use_each_other_in_one_direction()
    {
        var uses = Arrows.Value.Where(arrow => Part(arrow.From) != Part(arrow.To)).GroupBy(arrow => Part(arrow.From))
            .ToDictionary(group => group.Key, group => group.Select(arrow => Part(arrow.To)).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal);
        None(uses.SelectMany(file => file.Value.Where(other => string.CompareOrdinal(file.Key, other) < 0 && Reaches(uses, other, file.Key))
            .Select(other => $"{file.Key} <-> {other}")).Except(Companions, StringComparer.Ordinal));
    }

    /// <summary>A type and its own small helper, which make sense together only. Shorten this list, do not lengthen it.</summary>
    private static readonly string[] Companions =
    [
        "Commands/GivenDatasets.cs <-> Commands/TaskDefinitionCommand.cs",
        "Commands/GivenMembers.cs <-> Commands/TaskDefinitionCommand.cs",
        "Exports/Fonts/FontSet.cs <-> Exports/Fonts/ShapedLine.cs",
        "Runs/DeliveryLanes.cs <-> Runs/DeliveryQueue.cs",
    ];

    private static void None(IEnumerable<string> problems)
    {
        var found = problems.ToList();
        if (found.Count > 0)
        {
            Assert.Fail(string.Join('\n', found));
        }
    }

    private static bool Reaches(Dictionary<string, HashSet<string>> uses, string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var file))
        {
            if (file == to)
            {
                return true;
            }

            if (seen.Add(file) && uses.TryGetValue(file, out var next))
            {
                foreach (var each in next)
                {
                    open.Push(each);
                }
            }
        }

        return false;
    }

    // the files of a partial class are one
    private static string Part(string file) => PartName().Replace(file, "$1.cs");

    [GeneratedRegex(@"^([^.]+)\.[^.]+\.cs$")]
    private static partial Regex PartName();

    /// <summary>The first column of the table of rooms, lowest first.</summary>
    private static List<string> Rooms() => [.. File.ReadLines(Path.Combine(BuiltModule.Root, "docs", "architecture.md"))
        .Select(line => RoomRow().Match(line)).Where(row => row.Success).Select(row => row.Groups[1].Value)];

    [GeneratedRegex(@"^\| `([A-Z][\w/]*)` \|")]
    private static partial Regex RoomRow();
}

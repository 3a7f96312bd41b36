using Microsoft.Extensions.Time.Testing;
using ReportScheduler.Sources;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Sources;

public sealed class SharedPlaceTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Places places = new();

    [Fact]
    public void A_place_that_was_lost_is_taken_again_when_one_is_free()
    {
        using var place = SharedPlace.TryTake(places, clock, "erp", 2)!;
        Assert.Null(SharedPlace.TryTake(new Places { Holders = { ["1"] = "a", ["2"] = "b" } }, clock, "erp", 2));
        // the lease ran out, and others took both
        var mine = places.Holders["1"];
        (places.Holders["1"], places.Holders["2"]) = ("other", "another");
        clock.Advance(RunnerLease.Beat);
        Assert.DoesNotContain(mine, places.Holders.Values);
        places.Holders.Remove("2");
        clock.Advance(RunnerLease.Beat);
        Assert.Equal(mine, places.Holders["2"]);
        place.Dispose();
        Assert.Equal(["1"], places.Holders.Keys);
    }

    [Fact]
    public void A_place_that_cannot_be_given_back_is_given_back_when_the_store_can_be_used_again()
    {
        var place = SharedPlace.TryTake(places, clock, "erp", 1)!;
        places.IsAway = true;
        clock.Advance(RunnerLease.Beat);
        place.Dispose();
        Assert.Single(places.Holders);
        places.IsAway = false;
        clock.Advance(RunnerLease.Beat);
        Assert.Empty(places.Holders);
        var asked = places.Asked;
        clock.Advance(RunnerLease.Length);
        Assert.Equal(asked, places.Asked);
    }

    [Fact]
    public void A_place_that_is_free_by_itself_by_now_is_not_given_back_any_more()
    {
        var place = SharedPlace.TryTake(places, clock, "erp", 1)!;
        places.IsAway = true;
        place.Dispose();
        clock.Advance(RunnerLease.Length + RunnerLease.Beat);
        var asked = places.Asked;
        clock.Advance(RunnerLease.Length);
        Assert.Equal(asked, places.Asked);
    }

    /// <summary>A store whose leases run out, and that goes away, when a test says so.</summary>
    private sealed class Places : ISharedPlaces
    {
        public Dictionary<string, string> Holders { get; } = [];

        public bool IsAway { get; set; }

        public int Asked { get; private set; }

        public string? TryTake(string server, int places, string holder)
        {
            Ask();
            var free = Enumerable.Range(1, places).Select(place => $"{place}").FirstOrDefault(place => !Holders.ContainsKey(place));
            if (free is not null)
            {
                Holders[free] = holder;
            }

            return free;
        }

        public bool HasFree(string server, int places) => Holders.Count < places;

        public bool Keep(string place, string holder)
        {
            Ask();
            return Holders.GetValueOrDefault(place) == holder;
        }

        public void Free(string place, string holder)
        {
            Ask();
            if (Holders.GetValueOrDefault(place) == holder)
            {
                Holders.Remove(place);
            }
        }

        private void Ask()
        {
            Asked++;
            if (IsAway)
            {
                throw new IOException("away");
            }
        }
    }
}

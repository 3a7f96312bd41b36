using ReportScheduler.Store;

namespace ReportScheduler.Tests.Store.Relational;

/// <summary>The places of servers among all machines of a store.</summary>
public abstract class PlacesContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void A_server_has_so_many_places_for_all_machines_and_a_place_that_is_given_back_is_free()
    {
        var (here, there) = (NewStore().Places!, NewStore().Places!);
        var first = here.TryTake("erp", 2, "a")!;
        Assert.NotNull(there.TryTake("erp", 2, "b"));
        Assert.Null(here.TryTake("erp", 2, "c"));
        Assert.Equal((false, true, true), (there.HasFree("erp", 2), there.HasFree("erp", 3), there.HasFree("other", 1)));
        Assert.NotNull(here.TryTake("other", 1, "c"));
        // not a place of somebody else
        there.Free(first, "c");
        Assert.Null(there.TryTake("erp", 2, "c"));
        here.Free(first, "a");
        Assert.Equal(first, there.TryTake("erp", 2, "c"));
    }

    [Fact]
    public void The_place_of_a_process_that_died_is_free_at_the_end_of_its_lease_and_kept_while_it_says_that_it_lives()
    {
        var places = NewStore().Places!;
        var place = places.TryTake("erp", 1, "a")!;
        Place.SetClock(Noon + RunnerLease.Length - TimeSpan.FromSeconds(1));
        places = NewStore().Places!;
        Assert.Null(places.TryTake("erp", 1, "b"));
        Assert.True(places.Keep(place, "a"));
        Place.SetClock(Noon + RunnerLease.Length * 2 - TimeSpan.FromSeconds(2));
        places = NewStore().Places!;
        Assert.Null(places.TryTake("erp", 1, "b"));
        Place.SetClock(Noon + RunnerLease.Length * 2 + TimeSpan.FromSeconds(30));
        places = NewStore().Places!;
        Assert.True(places.HasFree("erp", 1));
        Assert.Equal(place, places.TryTake("erp", 1, "b"));
        Assert.False(places.Keep(place, "a"));
        places.Free(place, "a");
        Assert.Null(places.TryTake("erp", 1, "c"));
    }

    [Fact]
    public void Of_many_that_ask_at_once_only_so_many_get_a_place()
    {
        var taken = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 16, asked => taken.Add(NewStore().Places!.TryTake("erp", 3, $"{asked}") ?? ""));
        Assert.Equal(3, taken.Where(place => place.Length > 0).Distinct().Count());
        Assert.Equal(13, taken.Count(place => place.Length == 0));
    }
}

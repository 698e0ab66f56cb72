package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.featuremap.page.FittedTable.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittedTableTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("name", 0, false, () -> List.of("a-long-name-of-a-run", "字")),
            new Column("accuracy", 1, true, () -> List.of("98.21 %", "7.00 %")),
            new Column("time", 3, true, () -> List.of("12.3 s", "4.5 min")),
            new Column("engine", 2, false, () -> List.of("onednn", "")));

    @Test
    void putsNumbersToTheRightAndWideCharactersAsWideAsTheyAre() {
        assertThat(new FittedTable(COLUMNS, 80).text()).isEqualTo("""
                name                  accuracy     time  engine
                a-long-name-of-a-run   98.21 %   12.3 s  onednn
                字                      7.00 %  4.5 min
                """);
    }

    @Test
    void leavesOutWholeColumnsThatMatterLeast() {
        FittedTable table = new FittedTable(COLUMNS, 40);

        assertThat(table.omitted()).containsExactly("time");
        assertThat(table.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
        assertThat(new FittedTable(COLUMNS, 30).omitted()).containsExactly("time", "engine");
    }

    @Test
    void asksForNoCellsThatFindNoRoom() {
        List<Column> columns = List.of(
                new Column("name", 0, false, () -> List.of("a-long-name-of-a-run")),
                new Column("accuracy", 1, true, () -> List.of("a cell that is much too wide for it")),
                new Column("time", 2, true, () -> {
                    throw new AssertionError("asked for");
                }));

        assertThat(new FittedTable(columns, 40).omitted()).containsExactly("accuracy", "time");
    }

    @Test
    void cutsTheFirstColumnWhereNothingElseCanGo() {
        List<Column> columns = List.of(
                new Column("name", 0, false, () -> List.of("a-long-name-of-a-run", "字字字字字字字字字字")),
                new Column("accuracy", 0, true, () -> List.of("98.21 %", "7.00 %")));

        assertThat(new FittedTable(columns, 20).text()).isEqualTo("""
                name        accuracy
                a-long-na…   98.21 %
                字字字字…     7.00 %
                """);
    }
}

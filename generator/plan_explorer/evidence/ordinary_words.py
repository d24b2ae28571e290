"""List ordinary English words with which sentences begin: they have a capital there and are no names."""

_WORDS = """
accordingly actually additionally afterwards ago ahead alike almost alone along alongside already although
altogether always among amongst anybody anyone anything anyway anywhere apart apparently around aside away
besides beyond certain certainly clearly consequently conversely currently despite earlier elsewhere enough
especially eventually everybody everyone everything everywhere except few fewer finally first firstly formerly
fortunately fourth frequently further furthermore generally gradually hence henceforth here hereby hitherto
however indeed inside instead just largely last lastly lately later least less let lest like likewise little
long lots mainly many maybe meanwhile moreover mostly much namely near nearly nevertheless new newly next
nobody nonetheless normally nothing notably notwithstanding now nowadays nowhere occasionally often old
originally otherwise outside overall particularly partly past perhaps plenty please possibly presently
previously primarily probably provided quite rather recently regardless respectively second secondly several
similarly simply since somebody somehow someone something sometimes somewhat somewhere soon still subsequently
supposing third thirdly thereafter thereby therefore thereupon throughout today together tomorrow tonight
ultimately underneath unless unlike usually various via whatever whatsoever whenever whence whereas whereby
wherein whereupon wherever whichever whoever whole whomever yes yesterday

accept add adopt agree apply arrange bring build buy carry change check choose clean clear close collect come
compare complete consider continue count create cut decide develop draw encourage end ensure establish explain
extend find finish follow get go grow hear help hold improve include increase introduce invest invite join
keep know learn leave lend lose listen look lower maintain make manage measure meet mend move need offer open
order organise pay plan plant prepare prevent produce promote protect provide publish put raise reach read
reduce remove repair replace report require restore return review run save sell send set share show start stay
stop strengthen study support take talk teach test think train turn understand use visit wait walk watch work

adult animal association authority bank bed bench bill bird boat boy bridge building bus business car centre
child children citizen city class club community company cost council country course cow critic customer
cyclist date day decision department doctor door driver editor employee employer energy event expert factory
family farm farmer fee field figure firm fish fisher flat food forest fund garden gardener girl
government grant group guest health hedge home hospital hour house household information inhabitant inspector
issue job judge lake lamp land landlord law lawyer leader library light local loss machine manager market
mayor meal meeting member men merchant milk minister ministry money month mother museum neighbour noise nurse
office officer official older operator organisation other owner paper parent park participant part partner
passenger path patient pedestrian people permit person pipe place playground police pollution pond poor
power price priority private progress project property public pupil railway rain reader region rent researcher
resident river road roof rule school scientist seat service ship shop sign small snow soil staff station
street student subsidy swimmer target tax teacher team tenant thank thing time timber tourist town traffic
tram traveller tree trip truck user vehicle village visitor volunteer voter walker wall waste water way week
winter woman women worker year young youth
"""

OPENERS = frozenset(_WORDS.split())

_TIMES = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december
"""
TIMES = frozenset(_TIMES.split())
"""Days of the week and months, which have a capital everywhere and are no names."""
